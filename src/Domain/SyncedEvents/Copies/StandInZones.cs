using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Domain.SyncedEvents.Copies;

/// <summary>
/// Zones to name in place of one that a server does not know: it is the same time there while the event lasts, and every Windows since
/// the days of
/// Exchange 2007 has them. Those without clock changes come first, because an old server may have old rules of the others.
/// </summary>
public static class StandInZones
{
    private const string Utc = "UTC";
    private static readonly TimeSpan Step = TimeSpan.FromHours(12);

    private static readonly string[] WellKnown =
    [
        "Hawaiian Standard Time", "US Mountain Standard Time", "Canada Central Standard Time", "SA Pacific Standard Time",
        "SA Western Standard Time", "SA Eastern Standard Time", "Cape Verde Standard Time", "Greenwich Standard Time",
        "W. Central Africa Standard Time", "South Africa Standard Time", "Arab Standard Time", "Arabian Standard Time",
        "Afghanistan Standard Time", "West Asia Standard Time", "India Standard Time", "Nepal Standard Time", "Bangladesh Standard Time",
        "Myanmar Standard Time", "SE Asia Standard Time", "Singapore Standard Time", "Tokyo Standard Time", "AUS Central Standard Time",
        "E. Australia Standard Time", "Central Pacific Standard Time",
        "Alaskan Standard Time", "Pacific Standard Time", "Mountain Standard Time", "Central Standard Time", "Eastern Standard Time",
        "Atlantic Standard Time", "Newfoundland Standard Time", "Azores Standard Time", "GMT Standard Time", "W. Europe Standard Time",
        "FLE Standard Time", "Israel Standard Time", "Cen. Australia Standard Time", "AUS Eastern Standard Time",
        "New Zealand Standard Time",
    ];

    /// <summary>
    /// To be tried in this order: at most one zone, then UTC. Midnights are the same in UTC only where its offset is, so an all-day event
    /// goes under it
    /// only then; it may have none.
    /// </summary>
    public static IReadOnlyList<string> For(EventTimes times)
    {
        var own = CalendarZone.FindOrUtc(times.TimeZone);
        var named = CalendarZone.WindowsId(times.TimeZone);
        var same = WellKnown.FirstOrDefault(zone => zone != named && CalendarZone.Find(zone) is { } other && AreTheSame(own, other, times));
        var utc = named != Utc && (!times.IsAllDay || AreTheSame(own, TimeZoneInfo.Utc, times)) ? Utc : null;
        return [.. new[] { same, utc }.OfType<string>()];
    }

    /// <summary>
    /// Clocks change on a night, and back half a year later at the soonest: every twelve hours and at the end none is missed.
    /// </summary>
    private static bool AreTheSame(TimeZoneInfo own, TimeZoneInfo other, EventTimes times)
    {
        for (var at = times.Start; at < times.End; at += Step)
        {
            if (own.GetUtcOffset(at) != other.GetUtcOffset(at)) return false;
        }

        return own.GetUtcOffset(times.End) == other.GetUtcOffset(times.End);
    }
}
