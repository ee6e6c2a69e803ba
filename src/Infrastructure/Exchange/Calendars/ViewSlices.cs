using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Infrastructure.Exchange.Calendars;

/// <summary>Cuts a window into spans that one CalendarView can answer: it takes two years at the most and has no pages.</summary>
internal static class ViewSlices
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);

    /// <summary>Equal slices of at most a year.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Of(DateTimeOffset start, DateTimeOffset end)
    {
        var count = Math.Max(1, (int)Math.Ceiling((end - start) / Longest));
        var cuts = Enumerable.Range(0, count + 1).Select(i => i == count ? end : WholeSecond(start + (end - start) / count * i)).ToList();
        return cuts.Zip(cuts.Skip(1));
    }

    /// <summary>For an answer that was cut.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Halves(DateTimeOffset from, DateTimeOffset to)
    {
        if (to - from <= Shortest)
            throw new CalendarFailure(
                FailureReach.Link,
                new CalendarWasNotReached("this mailbox", "more events lie on one another than Exchange returns in one answer"));
        var middle = WholeSecond(from + (to - from) / 2);
        return [(from, middle), (middle, to)];
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerSecond));
}
