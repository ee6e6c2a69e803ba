using CleanSync.Application.SyncedEvents;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Reading;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests.Notifications;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Rules;

/// <summary>What takes a staff member's time.</summary>
public abstract class BusyRule<TDatabase> : RuleContract<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly DateTimeOffset From = Now.AddHours(10), To = Now.AddHours(12);

    private static readonly EventTimes[] Spans =
        [Between(8, 10), Between(9, 10.5), Between(10, 12), Between(11, 13), Between(9, 13), Between(12, 13)];

    [Fact]
    public async Task The_calendar_shows_what_takes_time_and_so_does_a_question_whether_a_time_is_free()
    {
        var elsewhere = Sample.Appointment("nobody");
        var links = new List<StaffCalendarLink>();
        var rows = new List<SyncedEvent>();
        foreach (var kind in Enum.GetValues<EventKind>())
        {
            foreach (var push in Enum.GetValues<PushState>())
            {
                foreach (var failure in new[] { null, ItemIsPrivate.Name, "calendar-access-denied" })
                {
                    foreach (var next in new DateTimeOffset?[] { null, Now })
                    {
                        links.Add(NewLink());
                        rows.AddRange(Spans.Select((span, n) => Row(links[^1], kind, n, span) with
                        {
                            AppointmentId = kind is EventKind.Copy ? elsewhere.Id : null,
                            PushState = push,
                            PushFailure = failure is null ? null : new Reason(failure, "why"),
                            NextPushAt = next,
                        }));
                    }
                }
            }
        }

        Assert.True(await Db.Commit(new ChangeSet { Links = links, Appointments = [elsewhere], Keep = rows }));
        foreach (var link in links)
        {
            var taking = rows.Where(r => r.LinkId == link.Id && r.TakesTime && r.Times!.Overlaps(EventTimes.Timed(From, To, "UTC")))
                .Select(r => r.Id)
                .Order().ToList();
            Assert.Equal(taking, (await Db.Events.TakingTime(link.Id, From, To, Ct)).Select(e => e.Id).Order());
            Assert.Equal(taking, (await Calendar(link)).Select(e => e.Id).Order());
        }
    }

    [Fact]
    public async Task A_time_is_taken_by_the_same_appointments_that_the_calendar_shows()
    {
        var busy = new BusyTimes(Db.Events, Db.Appointments);
        foreach (var span in Spans)
        {
            foreach (var status in Enum.GetValues<AppointmentStatus>())
            {
                foreach (var isOwn in new[] { true, false })
                {
                    var link = NewLink();
                    var booked = Sample.Appointment(isOwn ? link.StaffId : "nobody") with { Times = span, Status = status };
                    Assert.True(await Db.Commit(new ChangeSet { Links = [link], Appointments = [booked] }));
                    var shown = (await Calendar(link)).Select(e => e.Start);
                    var times = EventTimes.Timed(From, To, "UTC");
                    Assert.Equal(shown, (await busy.Around(link, times, back: null, item: null, Now, Ct)).Select(t => t.Start));
                    Assert.Empty(await busy.Around(link, times, booked.Id, item: null, Now, Ct));
                }
            }
        }
    }

    private static EventTimes Between(double from, double to) => EventTimes.Timed(Now.AddHours(from), Now.AddHours(to), "UTC");

    private static SyncedEvent Row(StaffCalendarLink link, EventKind kind, int n, EventTimes times) => new()
    {
        Id = Guid.CreateVersion7(),
        LinkId = link.Id,
        Kind = kind,
        Identity = $"item:{n}",
        ItemId = $"{n}",
        Times = times,
    };

    private async Task<IReadOnlyList<CalendarEntry>> Calendar(StaffCalendarLink link) =>
        (await new GetStaffCalendarHandler(Db.Store, new NotificationBoard(new FakeCalendarQueue()), Db.Time)
            .Handle(new GetStaffCalendar(link.StaffId, From, To), Ct)).Value.Entries;
}
