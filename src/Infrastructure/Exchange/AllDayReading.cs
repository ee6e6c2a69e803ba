using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Infrastructure.Exchange;

/// <summary>
/// Finds the dates of an all-day event, which the wire carries as two instants: midnights in the zone that it was made in, else in the staff
/// member's, else in UTC, else the nearest day boundaries (docs/exchange.md, "All-day events").
/// </summary>
internal static class AllDayReading
{
    public static EventTimes Read(DateTimeOffset start, DateTimeOffset end, string ownZone, string? endZone, string staffZone)
    {
        foreach (var (startId, endId) in new[] { (ownZone, CalendarZone.Find(endZone) is null ? ownZone : endZone!), (staffZone, staffZone), ("UTC", "UTC") })
        {
            var first = CalendarZone.DayThatBeginsAt(start, CalendarZone.FindOrUtc(startId));
            var after = CalendarZone.DayThatBeginsAt(end, CalendarZone.FindOrUtc(endId));
            if (first is { } firstDay && after is { } endDay) return EventTimes.AllDay(firstDay, endDay, startId);
        }

        var zone = CalendarZone.FindOrUtc(staffZone);
        var nearestFirst = NearestDay(start, zone);
        var nearestEnd = NearestDay(end, zone);
        return EventTimes.AllDay(nearestFirst, nearestEnd > nearestFirst ? nearestEnd : nearestFirst.AddDays(1), staffZone);
    }

    private static DateOnly NearestDay(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        var before = instant - CalendarZone.StartOfDay(day, zone);
        var after = CalendarZone.StartOfDay(day.AddDays(1), zone) - instant;
        return before <= after ? day : day.AddDays(1);
    }
}
