using CleanSync.Application.Appointments;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.SyncedEvents;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Rules;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests.Notifications;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What is read of calendars, links and appointments.</summary>
public abstract class ReadModelContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private protected static readonly NotificationBoard Board = new(new FakeCalendarQueue());

    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_calendar_holds_appointments_and_exchange_events_in_order_of_start()
    {
        await Db.Kept(Sample.External(Db.Link.Id, "late", 3));
        await Db.Kept(Sample.External(Db.Link.Id, "early", 0));
        await Db.Kept(Sample.External(Db.Link.Id, "outside", 24));
        var appointment = await Db.Booked(Sample.Appointment("anna"));
        await Db.Booked(Sample.Appointment("anna") with { Status = AppointmentStatus.Cancelled });
        await Db.Booked(Sample.Appointment("berta"));
        var entries = (await Calendar()).Entries;
        Assert.Equal(
            [CalendarEntryKind.ExchangeEvent, CalendarEntryKind.Appointment, CalendarEntryKind.ExchangeEvent], entries.Select(e => e.Kind));
        Assert.Equal(
            (appointment.Id, "Haircut", "Busy", "NotLinked"), (entries[1].Id, entries[1].Title, entries[1].FreeBusy, entries[1].SyncState));
        Assert.Equal(("Meeting", "Meeting's place", "Tentative"), (entries[0].Title, entries[0].Location, entries[0].FreeBusy));
    }

    [Fact]
    public async Task An_event_says_how_its_owner_answered_and_an_appointment_that_there_is_nothing_to_answer()
    {
        await Db.Kept(Sample.External(Db.Link.Id, "invited", 0));
        await Db.Kept(Sample.External(Db.Link.Id, "accepted", 3) with { MyResponse = MeetingResponse.Accepted });
        await Db.Booked(Sample.Appointment("anna"));
        Assert.Equal(
            [MeetingResponse.NotResponded, MeetingResponse.None, MeetingResponse.Accepted],
            (await Calendar()).Entries.Select(e => e.MyResponse));
    }

    [Fact]
    public async Task One_event_is_read_as_the_calendar_shows_it_and_only_in_its_own()
    {
        var link = await Db.Linked(Sample.Link(Db.Integration.Id, "bert"));
        var (own, others) = (await Db.Kept(Sample.External(Db.Link.Id, "own")), await Db.Kept(Sample.External(link.Id, "others")));
        var copy = await Db.Kept(Sample.Copy(Db.Link.Id, (await Db.Booked(Sample.Appointment("carl"))).Id));
        var handler = new GetStaffEventHandler(Db.Store);
        Assert.Equal(Assert.Single((await Calendar()).Entries), (await handler.Handle(new GetStaffEvent("anna", own.Id), Ct)).Value);
        foreach (var id in new[] { others.Id, copy.Id, Guid.CreateVersion7() })
            Assert.IsType<EventNotFound>((await handler.Handle(new GetStaffEvent("anna", id), Ct)).Refusal);
        Assert.IsType<StaffMemberIsNotLinked>((await handler.Handle(new GetStaffEvent("nobody", own.Id), Ct)).Refusal);
    }

    [Fact]
    public async Task A_calendar_says_how_fresh_it_is()
    {
        Db.Time.Advance(TimeSpan.FromSeconds(90));
        var calendar = await Calendar();
        Assert.Equal(("anna", "Europe/Berlin", 90d), (calendar.StaffId, calendar.TimeZone, calendar.LagSeconds));
        Assert.Equal(Db.Link.LastSyncedAt, calendar.AsOf);
        Assert.Equal(Db.Link.WindowEnd, calendar.SyncedThrough);
    }

    [Fact]
    public async Task A_private_or_untitled_event_reads_busy()
    {
        await Db.Kept(Sample.External(Db.Link.Id, "private") with { IsPrivate = true });
        await Db.Kept(Sample.External(Db.Link.Id, "untitled", title: null));
        Assert.All((await Calendar()).Entries, e => Assert.Equal(("Busy", null), (e.Title, e.Location)));
    }

    [Fact]
    public async Task Every_event_reads_busy_as_soon_as_titles_are_switched_off()
    {
        await Db.Kept(Sample.External(Db.Link.Id, "titled"));
        await Db.Integrations.Save(Db.Integration with { ShowEventTitles = false }, Ct);
        Assert.Equal(("Busy", null), Assert.Single((await Calendar()).Entries.Select(e => (e.Title, e.Location))));
    }

    [Fact]
    public async Task An_all_day_event_has_its_days()
    {
        await Db.Kept(Sample.External(Db.Link.Id,
            "days") with
        { Times = EventTimes.AllDay(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 4), "Europe/Berlin") });
        var entry = Assert.Single((await Calendar()).Entries);
        Assert.Equal((true, new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 4)), (entry.IsAllDay, entry.FirstDay, entry.EndDay));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 23, 0, 0, TimeSpan.Zero), entry.Start);
    }

    [Fact]
    public async Task An_appointments_state_is_that_of_its_living_copy()
    {
        var appointment = await Db.Booked(Sample.Appointment("anna"));
        await Db.Kept(Sample.Copy(Db.Link.Id, appointment.Id) with { PushState = PushState.Confirmed });
        await Db.Kept(Sample.Copy(Db.Link.Id, appointment.Id) with { PushState = PushState.Gone });
        Assert.Equal("Confirmed", Assert.Single((await Calendar()).Entries).SyncState);
    }

    [Fact]
    public async Task A_calendar_without_a_link_is_not_found()
    {
        var answer = await new GetStaffCalendarHandler(Db.Store, Board, Db.Time).Handle(new GetStaffCalendar("nobody", Now, Now.AddDays(1)),
            Ct);
        Assert.IsType<StaffMemberIsNotLinked>(answer.Refusal);
    }

    [Fact]
    public async Task Links_are_listed_by_state_then_name_with_counts()
    {
        await Db.Linked(Sample.Link(Db.Integration.Id, "s") with { Health = LinkHealth.Syncing });
        await Db.Linked(Sample.Link(Db.Integration.Id, "w2") with { Health = new LinkHealth(LinkState.Warning, new Reason("p", "p")) });
        await Db.Linked(Sample.Link(Db.Integration.Id, "w1") with { Health = new LinkHealth(LinkState.Warning, new Reason("p", "p")) });
        await Db.Linked(Sample.Link(Db.Integration.Id, "n") with { Health = LinkHealth.Waiting, Cursor = null });
        await Db.Linked(Sample.Link(Db.Integration.Id, "off") with { Enabled = false });
        var list = await new ListStaffLinksHandler(Db.Store, Board, Db.Time).Handle(new ListStaffLinks(Db.Integration.Id), Ct);
        Assert.Equal(["anna", "w1", "w2", "n", "s", "off"], list.Links.Select(l => l.StaffId));
        Assert.Equal((2, 2, 1, 1), (list.Syncing, list.Warning, list.Error, list.Off));
        Assert.Equal([true, true, true, false, true, true], list.Links.Select(l => l.FirstSyncDone));
        Assert.Empty((await new ListStaffLinksHandler(Db.Store, Board, Db.Time).Handle(new ListStaffLinks(Guid.NewGuid()), Ct)).Links);
        Assert.Equal(6, (await new ListStaffLinksHandler(Db.Store, Board, Db.Time).Handle(new ListStaffLinks(), Ct)).Links.Count);
    }

    [Fact]
    public async Task A_link_tells_its_counts_and_its_latest_twenty_warnings()
    {
        var appointment = await Db.Booked(Sample.Appointment("anna"));
        await Db.Kept(Sample.Copy(Db.Link.Id, appointment.Id));
        await Db.Kept(Sample.Copy(Db.Link.Id, appointment.Id) with { PushState = PushState.Confirmed, NextPushAt = null });
        await Db.Kept(Sample.External(Db.Link.Id, "one"));
        await Db.Kept(Sample.External(Db.Link.Id, "two"));
        await Db.Commit(new ChangeSet
        {
            Warnings = [.. Enumerable.Range(0, 30)
            .Select(i => new LinkWarning(Guid.CreateVersion7(), Db.Link.Id, Now.AddMinutes(i), new SyncWarning(new Reason("code", $"{i}"), null)))]
        });
        var listed = Assert.Single((await new ListStaffLinksHandler(Db.Store, Board, Db.Time).Handle(new ListStaffLinks(), Ct)).Links);
        var alone = (await new GetStaffLinkHandler(Db.Store, Board, Db.Time).Handle(new GetStaffLink("anna"), Ct)).Value;
        Assert.Equal((1, 2, 20, "29"), (alone.PendingPushes, alone.ExternalEvents, alone.Warnings.Count, alone.Warnings[0].Reason));
        Assert.Equal(
            (alone.PendingPushes, alone.HeldDeletions, alone.State, alone.Reason, alone.LagSeconds),
            (listed.PendingPushes, listed.HeldDeletions, listed.State, listed.Reason, listed.LagSeconds));
        Assert.Equal(("problem", "reason", "ErrorAccessDenied"), (alone.Problem, alone.Reason, alone.ExchangeCode));
    }

    [Fact]
    public async Task A_receipt_names_the_longest_pause_that_calls_heed()
    {
        var link = await Db.Linked(Sample.Link(Db.Integration.Id, "paused") with { Health = LinkHealth.Syncing, Failures = 0 });
        var appointment = await Db.Booked(Sample.Appointment("paused"));
        await Db.Kept(Sample.Copy(link.Id, appointment.Id) with { NextPushAt = Now });
        await Db.Store.Write(
            async t => await t.Execute(
                """
                insert into exchange_pauses (integration_id, mailbox, asked_at, not_before, strikes, reason, trial) values
                    (@id, '', @now, @soon, 1, 'HTTP 503', 0), (@id, 'paused@contoso.example', @now, @never, 1, 'HTTP 429', 0)
                """,
                new { id = Db.Integration.Id, now = Now, soon = Now.AddMinutes(9), never = Now.AddYears(2) }) == 2,
            Ct);
        var view = (await new GetAppointmentHandler(Db.Store, Db.Time).Handle(new GetAppointment(appointment.Id), Ct)).Value;
        var receipt = Assert.Single(view.Copies);
        Assert.Equal(("exchange-is-busy", Now.AddMinutes(9)), (receipt.WaitsFor!.Problem, receipt.NextTryAt!.Value));
    }

    [Fact]
    public async Task An_appointment_has_a_receipt_for_each_copy()
    {
        var appointment = await Db.Booked(Sample.Appointment("zoe", "anna"));
        await Db.Kept(Sample.Copy(Db.Link.Id, appointment.Id).PushFailed(new Reason("ErrorQuotaExceeded", "full"), Now.AddMinutes(1)));
        var view = (await new GetAppointmentHandler(Db.Store, Db.Time).Handle(new GetAppointment(appointment.Id), Ct)).Value;
        Assert.Equal(["zoe", "anna"], view.StaffIds);
        Assert.Equal(new ClientView("Clara", "123", null), view.Client);
        Assert.Equal(
            [
                new CopyReceipt("anna", CopyState.Failed, [], "ErrorQuotaExceeded", "full", 1, Now.AddMinutes(1),
                    new CopyWait("problem", "reason")),
                new CopyReceipt("zoe", CopyState.NotLinked, [], null, null, 0, null,
                    new CopyWait("staff-member-is-not-linked", new StaffMemberIsNotLinked("zoe").Message)),
            ],
            view.Copies);
        Assert.IsType<AppointmentNotFound>((await new GetAppointmentHandler(Db.Store, Db.Time).Handle(new GetAppointment(Guid.NewGuid()),
            Ct)).Refusal);
    }

    private protected async Task<StaffCalendarView> Calendar() =>
        (await new GetStaffCalendarHandler(Db.Store, Board,
            Db.Time).Handle(new GetStaffCalendar("anna", Now.AddHours(-12), Now.AddHours(12)), Ct)).Value;
}
