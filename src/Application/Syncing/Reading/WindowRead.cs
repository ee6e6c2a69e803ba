using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Domain.Syncing.Pulls;

namespace CleanSync.Application.Syncing.Reading;

/// <summary>
/// Reads the window. An empty answer is suspicious, not an instruction: it counts only when the events that should be there are really
/// gone.
/// </summary>
internal sealed class WindowRead(ICalendarFeed feed, SyncOptions options)
{
    public async Task<WindowView> Of(
        OpenCalendar calendar, SyncWindow window, IReadOnlyCollection<SyncedEvent> known, CancellationToken ct)
    {
        var view = await feed.Window(calendar, window.Start, window.End, ct);
        if (view.Events.Count > 0 || view.Unreadable.Count > 0) return view;

        var expected =
            known.Where(e => e is { Kind: EventKind.External, ItemId: not null, Hold: null, Unreadable: null, Times: { } times }
                && window.Overlaps(times.Start, times.End))
            .Select(e => e.ItemId!).Take(options.ReadBatch).ToList();
        if (expected.Count == 0) return view;

        var readings = await feed.Read(calendar, expected, ct);
        if (readings.Any(StillCounts(window)))
            throw new CalendarFailure(
                FailureReach.Passing,
                new CalendarWasNotReached(calendar.MailboxAddress, "it answered as empty although its events are still there"));
        return view with
        {
            InDoubt = readings.Any(r => r is ItemReading.UnknownId or ItemReading.Unreadable
            or ItemReading.Found { Event.UnreadableCode: not null })
        };
    }

    private Func<ItemReading, bool> StillCounts(SyncWindow window) =>
        reading => reading is ItemReading.Found { Event: { UnreadableCode: null } found }
            && EventFilter.Counts(found, window, options.DeclinedMeetingsBlock);
}
