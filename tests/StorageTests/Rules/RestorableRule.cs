using CleanSync.Application;
using CleanSync.Application.Appointments;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Queries.Removals;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests.Notifications;
using CleanSync.UnitTests.Time;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Rules;

/// <summary>What can be brought back: the list says so of exactly what a restoration would change.</summary>
public abstract class RestorableRule<TDatabase> : RuleContract<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly DateOnly Tomorrow = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(1);
    private static readonly EventTimes Timed = EventTimes.Timed(Now.AddHours(1), Now.AddHours(2), "UTC");
    private static readonly EventTimes AllDay = EventTimes.AllDay(Tomorrow, Tomorrow.AddDays(1), "UTC");

    private static readonly EventTimes[] Times =
    [
        Timed, AllDay, EventTimes.Timed(Now.AddHours(-1), Now, "UTC"), EventTimes.AllDay(Tomorrow.AddDays(-3), Tomorrow.AddDays(-2), "UTC"),
    ];

    /// <summary>What lies in the calendar beside the removal, told by the event that was removed.</summary>
    private static readonly Dictionary<string, Func<SyncedEvent, SyncedEvent?>> Beside = new()
    {
        ["nothing"] = _ => null,
        ["the same identity"] = e => e with { Uid = "other" },
        ["the same under another id"] = e => e with { Identity = "item:new", ItemId = "new" },
        ["another UID"] = e => e with { Identity = "item:new", ItemId = "new", Uid = "other" },
        ["no UID"] = e => e with { Identity = "item:new", ItemId = "new", Uid = null },
        ["another slot"] = e => e with { Identity = "item:new", ItemId = "new", OriginalStart = Now.AddDays(9) },
        ["other times"] = e => e with { Identity = "item:new", ItemId = "new", Times = EventTimes.Timed(Now.AddDays(2), Now.AddDays(3), "UTC") },
        ["the same instants, and not all day"] = e => e with
        {
            Identity = "item:new",
            ItemId = "new",
            Times = EventTimes.Timed(e.Times!.Start, e.Times.End, "UTC"),
        },
        ["the same days in another zone"] = e => e with
        {
            Identity = "item:new",
            ItemId = "new",
            Times = e.Times is { FirstDay: { } first, EndDay: { } end } ? EventTimes.AllDay(first, end, "Asia/Tokyo") : e.Times,
        },
        ["a series of the same UID"] = e => e with { Identity = "item:new", ItemId = "new", Kind = EventKind.Series },
    };

    [Fact]
    public async Task Of_an_Exchange_event_the_list_says_what_a_restoration_does()
    {
        foreach (var times in Times)
        {
            foreach (var uid in new[] { "uid", null })
            {
                foreach (var slot in new DateTimeOffset?[] { null, Now })
                {
                    foreach (var (name, beside) in Beside)
                    {
                        var link = NewLink();
                        var left = Sample.External(link.Id, "item") with { Times = times, Uid = uid, OriginalStart = slot };
                        SyncedEvent[] rows = beside(left with { Id = Guid.CreateVersion7() }) is { } row ? [row] : [];
                        await Agrees($"{times} {uid} {slot} {name}", link, left, new ChangeSet { Links = [link], Keep = rows });
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Of_an_appointment_the_list_says_what_a_restoration_does()
    {
        foreach (var times in Times)
        {
            foreach (var status in Enum.GetValues<AppointmentStatus>())
            {
                foreach (var isBookedStill in new[] { true, false })
                {
                    foreach (var erasedAt in new DateTimeOffset?[] { null, Now })
                    {
                        var link = NewLink();
                        var booked = Sample.Appointment(isBookedStill ? link.StaffId : "nobody") with
                        {
                            Times = times,
                            Status = status,
                        };
                        var left = Sample.Copy(link.Id, booked.Id) with { Times = times };
                        Assert.True(await Db.Commit(new ChangeSet { Links = [link], Appointments = [booked] }));
                        var stored = booked with { ErasedAt = erasedAt, Version = 1 };
                        await Agrees($"{times} {status} {isBookedStill} {erasedAt}", link, left, new ChangeSet { Appointments = [stored] });
                    }
                }
            }
        }
    }

    private async Task Agrees(string which, StaffCalendarLink link, SyncedEvent left, ChangeSet stored)
    {
        var clock = new DoubtedClock(Now);
        var removed = new RemovedEvent(Guid.CreateVersion7(), Now.AddMinutes(-1), left);
        Assert.True(await Db.Commit(stored));
        Assert.True(await Db.Commit(new ChangeSet { Removed = [removed] }));
        var list = await new ListRemovalsHandler(Db.Store, clock).Handle(new ListRemovals(link.StaffId), Ct);
        var listed = Assert.Single(list.Value.Removals);
        var before = await Taken(link, left);
        var done = await Restoration(clock).Handle(new RestoreRemoval(link.StaffId, removed.Id, EvenIfBusy: true), Ct);
        Assert.True(listed.Restorable == (!done.IsRefused && await Taken(link, left) != before), $"{which}: listed as {listed.Restorable}");
    }

    /// <summary>What the staff member's calendar holds of it: rows of their own events, or the appointment.</summary>
    private async Task<int> Taken(StaffCalendarLink link, SyncedEvent left) => left.AppointmentId is { } id
        ? (await Db.Appointments.Find(id, Ct))!.Wants(link.StaffId) ? 1 : 0
        : (await Db.Events.OfLink(link.Id, Ct)).Count;

    private RestoreRemoval.Handler Restoration(ICautiousClock clock)
    {
        var ids = new TimeOrderedIds(Db.Time);
        var editing = new AppointmentEditing(
            Db.Appointments, Db.Events, Db.Links, Db.SyncStore, new FakeCalendarQueue(), ids, clock);
        return new RestoreRemoval.Handler(
            Db.Links, Db.Integrations, new RemovedEvents(Db.Store), Db.Events, Db.Appointments, new BusyTimes(Db.Events, Db.Appointments),
            editing, Db.SyncStore, ids, clock);
    }
}
