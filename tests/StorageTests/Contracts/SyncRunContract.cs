using CleanSync.Application;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="ISyncRuns"/> promises.</summary>
public abstract class SyncRunContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private const int Latest = 50;

    private readonly Clock clock = new();

    [Fact]
    public async Task What_passes_did_comes_back_the_latest_first()
    {
        Assert.Empty(await Shown("anna"));
        var (first, second) = (Guid.CreateVersion7(Now), Guid.CreateVersion7(Now.AddDays(1)));
        await Record(new SyncRun(second, Db.Link.Id, Now.AddMicroseconds(7), Now.AddSeconds(1.5).AddMicroseconds(7), 3, null));
        await Record(new SyncRun(first, Db.Link.Id, Now.AddMicroseconds(7), Now.AddMicroseconds(7), 0, "calendar-access-denied"));
        await Record(new SyncRun(Guid.CreateVersion7(), Db.Link.Id, Now.AddMicroseconds(6), Now.AddHours(1), 1, null));
        var runs = await Shown("anna");
        Assert.Equal(
            [
                new SyncRunView(second, Now.AddMicroseconds(7), 1.5, 3, null),
                new SyncRunView(first, Now.AddMicroseconds(7), 0, 0, "calendar-access-denied"),
            ],
            runs.Take(2));
        Assert.Equal(Now.AddMicroseconds(6), runs[2].StartedAt);
    }

    [Fact]
    public async Task A_link_keeps_its_latest_fifty_whatever_the_order_in_which_they_ended_and_another_link_its_own()
    {
        var bert = await Db.Linked(Sample.Link(Db.Integration.Id, "bert"));
        await Record(Run(bert, minute: -100));
        for (var minute = 1; minute <= Latest; minute++) await Record(Run(Db.Link, minute));
        await Record(Run(Db.Link, minute: 0)); // it began before all others, and ended after them
        Assert.Equal(Enumerable.Range(1, Latest).Select(m => Now.AddMinutes(m)), await Started(Db.Link));
        await Record(Run(Db.Link, minute: Latest + 1));
        Assert.Equal(Enumerable.Range(2, Latest).Select(m => Now.AddMinutes(m)), await Started(Db.Link));
        Assert.Equal([Now.AddMinutes(-100)], await Started(bert));
    }

    [Fact]
    public async Task While_the_clock_is_not_trusted_none_goes()
    {
        clock.IsTrusted = false;
        for (var minute = 0; minute <= Latest; minute++) await Record(Run(Db.Link, minute));
        Assert.Equal(Latest + 1, (await Started(Db.Link)).Count);
        clock.IsTrusted = true;
        await Record(Run(Db.Link, minute: Latest + 1));
        Assert.Equal(Enumerable.Range(2, Latest).Select(m => Now.AddMinutes(m)), await Started(Db.Link));
    }

    [Fact]
    public async Task A_link_that_is_gone_meanwhile_keeps_none_and_its_pass_ends_without_a_surprise()
    {
        var gone = Sample.Link(Db.Integration.Id, "gone");
        await Record(Run(gone, minute: 1));
        Assert.Empty(await Started(gone));
    }

    private static SyncRun Run(StaffCalendarLink link, int minute) =>
        new(Guid.CreateVersion7(), link.Id, Now.AddMinutes(minute), Now.AddDays(1), 1, null);

    private Task Record(SyncRun run) => new SyncRuns(Db.Store, clock).Record(run, Ct);

    private async Task<IReadOnlyList<SyncRunView>> Shown(string staffId) =>
        (await new ListSyncRunsHandler(Db.Store).Handle(new ListSyncRuns(staffId), Ct)).Value.Runs;

    private async Task<IReadOnlyList<DateTimeOffset>> Started(StaffCalendarLink link)
    {
        const string sql = "select started_at from sync_runs where link_id = @Id order by started_at";
        await using var connection = await Db.Store.Read(Ct);
        return (await connection.QueryAsync<DateTimeOffset>(sql, new { link.Id })).AsList();
    }

    private sealed class Clock : IClockTrust
    {
        public bool IsTrusted { get; set; } = true;

        public ValueTask<bool> MayTrim(CancellationToken ct) => ValueTask.FromResult(IsTrusted);
    }
}
