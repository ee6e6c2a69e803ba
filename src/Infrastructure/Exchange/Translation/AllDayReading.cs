using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Infrastructure.Exchange.Translation;

/// <summary>
/// Finds the dates of an all-day event, which the wire carries as two instants: midnights in the zone that it was made in, else in the
/// staff member's, else in UTC, else the day boundaries that are an hour away in its own zone, else the nearest in the staff member's
/// (docs/exchange.md, "All-day events"). It lasts a day at least, also when it ends where it starts.
/// </summary>
internal static class AllDayReading
{
    /// <summary>
    /// By how much the server's rules of a zone may differ from ours: governments change them, and not every system learns it at once.
    /// </summary>
    private static readonly TimeSpan RuleChange = TimeSpan.FromHours(1);

    public static EventTimes Read(
        DateTimeOffset start,
        DateTimeOffset end,
        string ownZone,
        string? endZone,
        string staffZone)
    {
        foreach (var (startId, endId) in new[] { (ownZone, CalendarZone.Find(endZone) is null ? ownZone : endZone!), (staffZone, staffZone),
            ("UTC", "UTC") })
        {
            var first = CalendarZone.DayThatBeginsAt(start, CalendarZone.FindOrUtc(startId));
            var after = CalendarZone.DayThatBeginsAt(end, CalendarZone.FindOrUtc(endId));
            if (first is { } firstDay && after is { } endDay) return OneDayAtLeast(firstDay, endDay, startId);
        }

        var (own, staff) = (CalendarZone.FindOrUtc(ownZone), CalendarZone.FindOrUtc(staffZone));
        var (ownFirst, ownEnd) = (NearestDay(start, own), NearestDay(end, own));
        return ownFirst.Away <= RuleChange && ownEnd.Away <= RuleChange
            ? OneDayAtLeast(ownFirst.Day, ownEnd.Day, ownZone)
            : OneDayAtLeast(NearestDay(start, staff).Day, NearestDay(end, staff).Day, staffZone);
    }

    private static EventTimes OneDayAtLeast(DateOnly firstDay, DateOnly endDay, string zone) =>
        EventTimes.AllDay(firstDay, endDay > firstDay ? endDay : firstDay.AddDays(1), zone);

    private static (DateOnly Day, TimeSpan Away) NearestDay(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        var before = instant - CalendarZone.StartOfDay(day, zone);
        var after = CalendarZone.StartOfDay(day.AddDays(1), zone) - instant;
        return before <= after ? (day, before) : (day.AddDays(1), after);
    }
}
