using CleanSync.Application.Syncing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What was stored by a clock that was wrong.</summary>
public abstract class TimesToComeContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    private readonly SyncOptions options = new();

    [Theory]
    [InlineData(0, 9, false, false)]
    [InlineData(0, 11, false, true)]
    [InlineData(0, 2, true, true)]
    [InlineData(2, 59, false, false)]
    [InlineData(2, 61, false, true)]
    [InlineData(7, 1439, false, false)]
    [InlineData(7, 1441, false, true)]
    [InlineData(7, 60, true, true)]
    public async Task A_link_that_is_due_later_than_its_interval_allows_is_due_now(int failures, int minutes, bool clockWentBack, bool due)
    {
        var link =
            await db.Linked(Sample.Link(db.Integration.Id, $"due{failures}-{minutes}-{clockWentBack}") with
            {
                Failures = failures,
                NextSyncAt = Now.AddMinutes(minutes)
            });
        await Mend(clockWentBack);
        var mended = (await db.Links.Find(link.Id, Ct))!;
        Assert.Equal(due ? Now : Now.AddMinutes(minutes), mended.NextSyncAt);
        Assert.Equal(due, mended.Version > link.Version);
    }

    [Fact]
    public async Task What_was_seen_at_a_time_to_come_was_not_seen_and_a_lease_is_cut_to_what_any_is_taken_for()
    {
        var future = Now.AddYears(2);
        var link =
            await db.Linked(Sample.Link(db.Integration.Id, "seen") with
            {
                LastSyncedAt = future,
                FailingSince = future,
                LastChangeAt = future,
                ResyncAskedAt = future,
                NextSyncAt = null
            });
        Assert.NotNull(await db.Leases.TryTake(link.Id, "another node", future.AddMinutes(5) - Now, Ct));
        await Mend(clockWentBack: false);
        var mended = (await db.Links.Find(link.Id, Ct))!;
        Assert.Equal(
            (null, Now, Now, Now, null),
            (mended.LastSyncedAt, mended.FailingSince, mended.LastChangeAt, mended.ResyncAskedAt, mended.NextSyncAt));
        db.Time.Advance(TimeSpan.FromMinutes(7));
        Assert.Null(await db.Leases.TryTake(link.Id, "this node", TimeSpan.FromMinutes(2), Ct));
        db.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await db.Leases.TryTake(link.Id, "this node", TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task What_an_admin_asked_for_at_a_time_to_come_was_asked_for_now()
    {
        var future = Now.AddYears(2);
        var link = await db.Linked(Sample.Link(db.Integration.Id, "asked") with { RecheckAskedAt = future });
        var leaving = await db.Linked(Sample.Link(db.Integration.Id, "leaving").ToDelete(removesCopies: true, future));
        var integration = (await db.Integrations.Find(db.Integration.Id, Ct))!;
        Assert.False((await db.Integrations.Save(integration with { ResyncAskedAt = future }, Ct)).IsRefused);
        await db.Store.Write(
            async t => await t.Execute(
                """
                insert into rechecks (integration_id, scope, asked_at, links) values (@id, 'All', @future, 1);
                insert into erasures (id, asked_at, end_asked_at, cancels_future) values (@id, @future, @future, false), (@other, @earlier, null, false);
                """,
                new { id = db.Integration.Id, other = Guid.CreateVersion7(), future, earlier = Now.AddDays(-1) }) == 3,
            Ct);
        await Mend(clockWentBack: true);
        var mended = (await db.Links.Find(link.Id, Ct))!;
        Assert.Equal((Now, true), (mended.RecheckAskedAt, mended.Version > link.Version));
        Assert.Equal(Now, (await db.Integrations.Find(db.Integration.Id, Ct))!.ResyncAskedAt);
        Assert.True((await db.Integrations.Save(integration, Ct)).IsRefused, "Whoever works on it plans anew.");
        var deletion = (await db.Links.Find(leaving.Id, Ct))!;
        Assert.Equal((new LinkDeletion(Now, true), true), (deletion.Deletion, deletion.Version > leaving.Version));
        using var connection = await db.Store.Read(Ct);
        Assert.Equal(Now, await connection.QuerySingleAsync<DateTimeOffset>("select asked_at from rechecks"));
        Assert.Equal(Now, await connection.QuerySingleAsync<DateTimeOffset>("select end_asked_at from erasures where end_asked_at is not null"));
        Assert.Equal([Now.AddDays(-1), Now], await connection.QueryAsync<DateTimeOffset>("select asked_at from erasures order by asked_at"));
    }

    [Fact]
    public async Task A_pause_that_Exchange_asked_of_the_clock_before_is_over_and_an_admins_own_holds()
    {
        await db.Store.Write(
            async t => await t.Execute(
                """
                insert into exchange_pauses (integration_id, mailbox, asked_at, not_before, strikes, reason, trial) values
                    (@id, 'future@contoso.example', @future, @future, 1, 'HTTP 503', 0), (@id, 'soon@contoso.example', @now, @soon, 1, 'HTTP 503', 0)
                """,
                new { id = db.Integration.Id, now = Now, future = Now.AddYears(2), soon = Now.AddMinutes(30) }) == 2,
            Ct);
        var paused = (await db.Integrations.Find(db.Integration.Id, Ct))!.Paused("maintenance", Now.AddMonths(3)).Value;
        Assert.False((await db.Integrations.Save(paused, Ct)).IsRefused);
        await Mend(clockWentBack: true);
        Assert.Equal(Now.AddMonths(3), (await db.Integrations.Find(db.Integration.Id, Ct))!.PausedUntil);
        var holding = await new TrafficRecords(db.Store).Pauses(db.Integration.Id, Now, Ct);
        Assert.Equal("soon@contoso.example", Assert.Single(holding).Mailbox);
        var over = (await new TrafficRecords(db.Store).Find(db.Integration.Server, "future@contoso.example", Ct))!;
        Assert.True(over.Pauses("future@contoso.example").Single().WantsTrial(Now), "What follows it goes carefully.");
    }

    private Task Mend(bool clockWentBack) => new TimesToCome(db.Store, options).Mend(Now, clockWentBack, Ct);
}
