using CleanSync.Application;
using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Rules;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="ILinkDeletions"/> promises.</summary>
public abstract class LinkDeletionContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private LinkDeletions Deletions => new(Db.Store);

    [Fact]
    public async Task A_link_that_is_to_be_deleted_comes_back_as_it_was_stored_and_is_found()
    {
        Assert.Empty(await Deletions.Asked(Ct));
        var asked = await Db.Linked(Db.Link.ToDelete(removesCopies: true, Now));
        Assert.Equal(
            (new LinkDeletion(Now, RemovesCopies: true), false, false, Db.Link.SettingsVersion + 1),
            (asked.Deletion, asked.Enabled, asked.RemovesCopies, asked.SettingsVersion));
        Assert.Equal([Db.Link.Id], await Deletions.Asked(Ct));
        Assert.Equal(new LinkDeletion(Now, RemovesCopies: false), asked.ToDelete(removesCopies: false, Now.AddDays(1)).Deletion);
    }

    [Fact]
    public async Task The_longest_asked_for_comes_first_to_the_tick_whatever_its_integration()
    {
        var office = await Db.Integrated(Sample.Integration());
        await Db.Linked(Db.Link.ToDelete(removesCopies: false, Now));
        var last = await Db.Linked(Sample.Link(office.Id, "last").ToDelete(removesCopies: true, Now.AddMicroseconds(1)));
        var first = await Db.Linked(Sample.Link(office.Id, "first").ToDelete(removesCopies: false, Now.AddMicroseconds(-1)));
        Assert.Equal([first.Id, Db.Link.Id, last.Id], await Deletions.Asked(Ct));
    }

    [Fact]
    public async Task Of_an_integration_that_is_being_disconnected_no_link_is_deleted_by_itself()
    {
        await Db.Linked(Db.Link.ToDelete(removesCopies: false, Now));
        await Db.Integrations.Save(Db.Integration.In(IntegrationStatus.Disconnecting), Ct);
        Assert.Empty(await Deletions.Asked(Ct));
    }

    [Fact]
    public async Task A_link_goes_with_everything_of_it_and_the_appointment_and_another_link_stay()
    {
        var appointment = await Db.Booked(Sample.Appointment("anna", "bert"));
        var bert = await Db.Linked(Sample.Link(Db.Integration.Id, "bert"));
        foreach (var link in new[] { Db.Link, bert }) await Filled(link, appointment);
        var asked = await Db.Linked(Db.Link.ToDelete(removesCopies: false, Now));

        var (annas, berts) = (await RowsOf(asked), await RowsOf(bert));
        Assert.DoesNotContain(0, annas);
        Assert.True(await Deletions.Erase(asked, Ct));
        Assert.Null(await Db.Links.Find(asked.Id, Ct));
        Assert.All(await RowsOf(asked), rows => Assert.Equal(0, rows));
        Assert.Equal(berts, await RowsOf(bert));
        Assert.NotNull(await Db.Links.Find(bert.Id, Ct));
        Assert.NotNull(await Db.Appointments.Find(appointment.Id, Ct));
        Assert.Empty(await Deletions.Asked(Ct));
        Assert.False(await Deletions.Erase(asked, Ct));
    }

    [Fact]
    public async Task One_that_was_changed_since_or_that_nobody_asked_for_stays_with_everything()
    {
        var kept = await Db.Kept(Sample.External(Db.Link.Id, "meeting"));
        Assert.False(await Deletions.Erase(Db.Link, Ct));
        var asked = await Db.Linked(Db.Link.ToDelete(removesCopies: false, Now));
        Assert.False(await Deletions.Erase(Db.Link, Ct));
        Assert.False(await Deletions.Erase(asked with { Version = asked.Version + 1 }, Ct));
        Assert.Equal(asked, await Db.Links.Find(asked.Id, Ct));
        Assert.Equal([kept], await Db.Events.OfLink(asked.Id, Ct));
    }

    /// <summary>One row at least in every table that belongs to a link.</summary>
    private async Task Filled(StaffCalendarLink link, Appointment appointment)
    {
        var (id, times) = (Guid.CreateVersion7(), appointment.Times);
        var copy = Sample.Copy(link.Id, appointment.Id).AttemptOpened(CreateAttempt.Opened(id, Now), appointment.Content());
        var gone = Sample.External(link.Id, "gone");
        Assert.True(await Db.Commit(new ChangeSet
        {
            Keep = [copy, Sample.External(link.Id, "meeting")],
            Former = [Sample.CleanUp(link.Id, Db.Integration.Id)],
            Conflicts = [new SyncConflict(id, link.Id, appointment.Id, copy.Id, Now, times, times)],
            Removals = [new Removal(link.Id, "unit", Now)],
            Removed = [new RemovedEvent(gone.Id, Now, gone)],
            Warnings = [new LinkWarning(Guid.CreateVersion7(), link.Id, Now, SyncWarning.CalendarReplaced())],
        }));
        Assert.NotNull(await Db.Leases.TryTake(link.Id, "node", TimeSpan.FromMinutes(5), Ct));
        await new SyncRuns(Db.Store, new Trusted()).Record(new SyncRun(Guid.CreateVersion7(), link.Id, Now, Now, 1, null), Ct);
    }

    private async Task<IReadOnlyList<long>> RowsOf(StaffCalendarLink link)
    {
        const string sql = """
            select count(*) from clean_up_items where link_id = @Id
            union all select count(*) from create_attempts where event_id in (select id from synced_events where link_id = @Id)
            union all select count(*) from synced_events where link_id = @Id
            union all select count(*) from sync_conflicts where link_id = @Id
            union all select count(*) from link_warnings where link_id = @Id
            union all select count(*) from removals where link_id = @Id
            union all select count(*) from removed_events where link_id = @Id
            union all select count(*) from mailbox_leases where link_id = @Id
            union all select count(*) from sync_runs where link_id = @Id
            """;
        await using var connection = await Db.Store.Read(Ct);
        return (await connection.QueryAsync<long>(sql, new { link.Id })).AsList();
    }

    private sealed class Trusted : IClockTrust
    {
        public ValueTask<bool> MayTrim(CancellationToken ct) => ValueTask.FromResult(true);
    }
}
