using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.SyncedEvents;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using CleanSync.UnitTests.Notifications;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Databases;

/// <summary>What is asked at every heartbeat, in every pass and push, and by the booking product's pages.</summary>
internal static class HotQuestions
{
    /// <summary>Each reads rows that it finds by an index; of none the answer matters here.</summary>
    public static async Task Ask(TemporaryDatabase db)
    {
        await db.Links.Due(Now, Ct);
        await db.Links.WithDuePushes(Now, Ct);
        await db.Links.Find(db.Link.Id, Ct);
        await db.Links.FindByStaff("anna", Ct);
        await db.Links.OfStaff(["anna"], Ct);
        await db.Links.ToCalendar("calendar-anna", Ct);
        await db.Links.ToMailbox("anna@contoso.example", Ct);
        await db.Events.DuePushes(db.Link.Id, Now, 10, Ct);
        await db.Events.Named(db.Link.Id, ["a"], ["b"], [db.Link.Id], Ct);
        await db.Events.WithUids(db.Link.Id, ["u"], Ct);
        await db.Events.CopiesOf([db.Link.Id], Ct);
        await db.Events.Unsettled(db.Link.Id, Ct);
        await db.Events.TakingTime(db.Link.Id, Now, Now.AddHours(1), Ct);
        await db.Appointments.Named([db.Link.Id], Ct);
        await db.Appointments.UpcomingOf("anna", Now, Ct);
        await db.Records.Find("key", Ct);
        await new CleanUpItems(db.Store).DueLinks(Now, Ct);
        await new CleanUpItems(db.Store).Due(db.Link.Id, Now, Ct);
        await new LinkDeletions(db.Store).Asked(Ct);
        await new TrafficRecords(db.Store).Find(db.Integration.Server, "anna@contoso.example", Ct);
        await new ApiKeyRepository(db.Store).FindByLookup("cleansync_000000000000", Ct);
    }

    /// <summary>The pages of one staff member; counts among them read what the link has of a kind.</summary>
    public static async Task Show(TemporaryDatabase db)
    {
        var board = new NotificationBoard(new FakeCalendarQueue());
        await new GetStaffCalendarHandler(db.Store, board, db.Time).Handle(new GetStaffCalendar("anna", Now, Now.AddDays(7)), Ct);
        await new GetStaffLinkHandler(db.Store, board, db.Time).Handle(new GetStaffLink("anna"), Ct);
    }
}
