using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing.Rules;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.UnitTests.StaffCalendarLinks;

public sealed class LinkDeletionTests : IAsyncLifetime
{
    private readonly TemporarySqlite db = new();
    private LinkDeletions deletions = null!;

    public async ValueTask InitializeAsync()
    {
        await db.InitializeAsync();
        deletions = new LinkDeletions(db.Store);
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    [Fact]
    public async Task A_link_that_is_to_be_deleted_comes_back_as_it_was_stored_and_is_found()
    {
        Assert.Empty(await deletions.Asked(Ct));
        var asked = await Stored(db.Link.ToDelete(removesCopies: true, Now));
        Assert.Equal(
            (new LinkDeletion(Now, RemovesCopies: true), false, false, db.Link.SettingsVersion + 1),
            (asked.Deletion, asked.Enabled, asked.RemovesCopies, asked.SettingsVersion));
        Assert.Equal([db.Link.Id], await deletions.Asked(Ct));
        Assert.Equal(new LinkDeletion(Now, RemovesCopies: false), asked.ToDelete(removesCopies: false, Now.AddDays(1)).Deletion);
    }

    [Fact]
    public async Task Of_an_integration_that_is_being_disconnected_no_link_is_deleted_by_itself()
    {
        await Stored(db.Link.ToDelete(removesCopies: false, Now));
        await db.Integrations.Save(db.Integration.In(IntegrationStatus.Disconnecting), Ct);
        Assert.Empty(await deletions.Asked(Ct));
    }

    [Fact]
    public async Task A_link_goes_with_everything_of_it_and_the_appointment_stays()
    {
        var appointment = await db.Booked(Sample.Appointment("anna", "bert"));
        var bert = await db.Linked(Sample.Link(db.Integration.Id, "bert"));
        await db.Kept(Sample.Copy(db.Link.Id, appointment.Id));
        var berts = await db.Kept(Sample.Copy(bert.Id, appointment.Id));
        await db.Kept(Sample.External(db.Link.Id, "meeting"));
        Assert.True(await db.Commit(new ChangeSet
        {
            Removals = [new Removal(db.Link.Id, "unit", Now)],
            Warnings = [new LinkWarning(Guid.CreateVersion7(), db.Link.Id, Now, SyncWarning.CalendarReplaced())],
        }));
        var asked = await Stored(db.Link.ToDelete(removesCopies: false, Now));

        Assert.False(await deletions.Erase(asked with { Version = asked.Version - 1 }, Ct));
        Assert.False(await deletions.Erase(bert, Ct)); // nobody asked for that
        Assert.NotNull(await db.Links.Find(asked.Id, Ct));
        Assert.True(await deletions.Erase(asked, Ct));
        Assert.Null(await db.Links.Find(asked.Id, Ct));
        Assert.Empty(await db.Events.OfLink(asked.Id, Ct));
        Assert.Equal([berts.Id], (await db.Events.OfLink(bert.Id, Ct)).Select(e => e.Id));
        Assert.NotNull(await db.Appointments.Find(appointment.Id, Ct));
    }

    private async Task<StaffCalendarLink> Stored(StaffCalendarLink link)
    {
        Assert.True(await db.Commit(new ChangeSet { Links = [link] }));
        return (await db.Links.Find(link.Id, Ct))!;
    }
}
