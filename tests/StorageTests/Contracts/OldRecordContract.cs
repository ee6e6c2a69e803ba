using CleanSync.Application;
using CleanSync.Application.Idempotency;
using CleanSync.Application.Retention;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Erasures;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Domain.Syncing.Rules;
using CleanSync.Infrastructure.Persistence.Erasing;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IOldRecords"/> promises of each kind.</summary>
public abstract class OldRecordContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    /// <summary>A report goes with its lines.</summary>
    private static readonly Dictionary<RecordKind, string[]> Tables = new()
    {
        [RecordKind.IdempotencyRecords] = ["idempotency_records"],
        [RecordKind.SyncRuns] = ["sync_runs"],
        [RecordKind.Rechecks] = ["rechecks"],
        [RecordKind.Conflicts] = ["sync_conflicts"],
        [RecordKind.Disconnections] = ["disconnections", "disconnected_staff", "leftovers"],
        [RecordKind.Erasures] = ["erasures", "erasure_appointments", "erasure_items"],
        [RecordKind.RemovedEvents] = ["removed_events"],
        [RecordKind.Removals] = ["removals"],
        [RecordKind.Warnings] = ["link_warnings"],
    };

    private int stored;

    private OldRecords Records => new(Db.Store);

    private Infrastructure.Persistence.Erasing.Erasures Erasing => new(Db.Store, Db.DeletedBytes);

    [Theory]
    [InlineData(RecordKind.IdempotencyRecords)]
    [InlineData(RecordKind.SyncRuns)]
    [InlineData(RecordKind.Rechecks)]
    [InlineData(RecordKind.Conflicts)]
    [InlineData(RecordKind.Disconnections)]
    [InlineData(RecordKind.Erasures)]
    [InlineData(RecordKind.RemovedEvents, true)]
    [InlineData(RecordKind.Removals)]
    [InlineData(RecordKind.Warnings)]
    public async Task What_is_older_goes_to_the_tick_with_its_lines_and_nothing_else(RecordKind kind, bool goesAtTheInstantItself = false)
    {
        Assert.Equal(0, await Records.Remove(kind, Now, 100, Ct));
        foreach (var at in new[] { Now.AddMicroseconds(-1), Now, Now.AddMicroseconds(1) }) await Stored(kind, at);
        var (old, lines) = (goesAtTheInstantItself ? 2 : 1, Tables[kind].Length);
        Assert.Equal(old * lines, await Records.Remove(kind, Now, 100, Ct));
        Assert.Equal((3 - old) * lines, await Left(kind));
        Assert.Equal(0, await Records.Remove(kind, Now, 100, Ct));
    }

    [Theory]
    [InlineData(RecordKind.IdempotencyRecords)]
    [InlineData(RecordKind.SyncRuns)]
    [InlineData(RecordKind.Rechecks)]
    [InlineData(RecordKind.Conflicts)]
    [InlineData(RecordKind.Disconnections)]
    [InlineData(RecordKind.Erasures)]
    [InlineData(RecordKind.RemovedEvents)]
    [InlineData(RecordKind.Removals)]
    [InlineData(RecordKind.Warnings)]
    public async Task So_many_of_a_table_go_at_once_and_fewer_only_when_no_more_are_that_old(RecordKind kind)
    {
        const int old = 5, most = 2;
        for (var age = 1; age <= old; age++) await Stored(kind, Now.AddDays(-age));
        await Stored(kind, Now.AddDays(1));
        var (gone, lines) = (new List<int>(), Tables[kind].Length);
        do gone.Add(await Records.Remove(kind, Now, most, Ct));
        while (gone[^1] >= most);
        Assert.All(gone, g => Assert.InRange(g, 0, most * lines));
        Assert.Equal((old * lines, lines), (gone.Sum(), await Left(kind)));
    }

    [Fact]
    public async Task A_report_of_what_has_not_ended_stays_with_its_lines_however_old_it_is()
    {
        var erasure = new Erasure { Id = Guid.CreateVersion7(), AskedAt = Now };
        await Erasing.Begin(erasure, [Guid.CreateVersion7()], Ct);
        await new Disconnections(Db.Store, Db.Titles).Begin(Db.Integration.Id, "Contoso", Now, Ct);
        Assert.True(await Db.Commit(new ChangeSet { Detached = new(Db.Integration.Id, Db.Link.Id, "anna", "Anna", null, 0, 0) }));
        foreach (var kind in new[] { RecordKind.Disconnections, RecordKind.Erasures })
        {
            Assert.Equal(0, await Records.Remove(kind, Now.AddYears(10), 100, Ct));
            Assert.Equal(2, await Left(kind));
        }
    }

    private Task Stored(RecordKind kind, DateTimeOffset at) => kind switch
    {
        RecordKind.SyncRuns => new SyncRuns(Db.Store, new Doubted()).Record(
            new SyncRun(Guid.CreateVersion7(), Db.Link.Id, at.AddDays(-1), at, 1, null), Ct),
        RecordKind.Rechecks => Rechecked(at),
        RecordKind.Disconnections => Disconnected(at),
        RecordKind.Erasures => Erased(at),
        _ => Committed(kind, at),
    };

    private async Task Committed(RecordKind kind, DateTimeOffset at)
    {
        var appointment = await Db.Booked(Sample.Appointment("anna"));
        var (id, times) = (Guid.CreateVersion7(), appointment.Times);
        Assert.True(await Db.Commit(kind switch
        {
            RecordKind.IdempotencyRecords => new ChangeSet { Idempotency = new IdempotencyRecord($"{id}", "mark", id, at) },
            RecordKind.Conflicts =>
                new ChangeSet { Conflicts = [new SyncConflict(id, Db.Link.Id, appointment.Id, id, at, times, times)] },
            RecordKind.Warnings =>
                new ChangeSet { Warnings = [new LinkWarning(id, Db.Link.Id, at, SyncWarning.CalendarReplaced())], KeepsHistory = true },
            RecordKind.RemovedEvents => new ChangeSet { Removed = [new RemovedEvent(id, at, Sample.External(Db.Link.Id, "gone"))] },
            _ => new ChangeSet { Removals = [new Removal(Db.Link.Id, "unit", at)], KeepsHistory = true },
        }));
    }

    private async Task Rechecked(DateTimeOffset at) =>
        await new Rechecks(Db.Store).Ask((await Db.Integrated(Sample.Integration())).Id, RecheckScope.All, at, Ct);

    private async Task Disconnected(DateTimeOffset at)
    {
        var books = new Disconnections(Db.Store, Db.Titles);
        var integration = await Db.Integrated(Sample.Integration());
        var link = await Db.Linked(Sample.Link(integration.Id, $"staff-{++stored}"));
        await books.Begin(integration.Id, "Contoso", Now.AddYears(-10), Ct);
        await Db.Integrations.Save(integration.Leaving(Now), Ct);
        Assert.True(await Db.Commit(new ChangeSet
        {
            Detached = new DetachedCalendar(integration.Id, link.Id, link.StaffId, link.StaffName, link.MailboxAddress, 0, 1),
            Leftovers =
            [
                new Leftover(
                    Guid.CreateVersion7(), integration.Id, link.Id, "staff@contoso.example", null, null, StayReason.IsASeries, Now),
            ],
        }));
        Assert.True(await books.Erase(integration.Id, leaves: false, at, Ct));
    }

    private async Task Erased(DateTimeOffset at)
    {
        var appointment = await Db.Booked(Sample.Appointment("anna"));
        var copy = await Db.Kept(Sample.Copy(Db.Link.Id, appointment.Id));
        var erasure = new Erasure { Id = Guid.CreateVersion7(), AskedAt = Now.AddYears(-10) };
        await Erasing.Begin(erasure, [appointment.Id], Ct);
        Assert.True(await Db.Commit(new ChangeSet { Erased = new ErasedAppointment(erasure.Id, appointment.Id, GivenUp: false) }));
        await Erasing.NoteItem(erasure.Id, copy.Id, Application.Erasures.ItemState.Rewritten, null, Ct);
        Assert.True(await Erasing.Purge([erasure.Id], Now, Ct));
        Assert.True(await Erasing.Finish(erasure.Id, at, Ct));
    }

    private async Task<int> Left(RecordKind kind)
    {
        await using var connection = await Db.Store.Read(Ct);
        var left = 0;
        foreach (var table in Tables[kind]) left += await connection.ExecuteScalarAsync<int>($"select count(*) from {table}");
        return left;
    }

    private sealed class Doubted : IClockTrust
    {
        public ValueTask<bool> MayTrim(CancellationToken ct) => ValueTask.FromResult(false);
    }
}
