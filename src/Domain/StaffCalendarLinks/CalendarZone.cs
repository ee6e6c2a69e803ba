using System.Collections.Frozen;

namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>Time zones by either kind of id, and the days in them.</summary>
public static class CalendarZone
{
    /// <summary>Ids of both kinds as the system spells them, to be found in any case.</summary>
    private static readonly Lazy<FrozenDictionary<string, string>> Spellings = new(() => TimeZoneInfo.GetSystemTimeZones()
        .SelectMany(zone => TimeZoneInfo.TryConvertIanaIdToWindowsId(zone.Id, out var windows) ? new[] { zone.Id, windows } : [zone.Id])
        .DistinctBy(id => id, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase));

    /// <summary>Finds an IANA or Windows id in any case; null when neither.</summary>
    public static TimeZoneInfo? Find(string? id)
    {
        if (string.IsNullOrWhiteSpace(id)) return null;
        // The system finds another case only after somebody has asked for the right one.
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            && !(
                Spellings.Value.TryGetValue(id, out var spelled) && TimeZoneInfo.TryFindSystemTimeZoneById(spelled, out zone))) return null;
        return NamesNoPlace(zone.Id) ? null : zone;
    }

    public static TimeZoneInfo FindOrUtc(string? id) => Find(id) ?? TimeZoneInfo.Utc;

    /// <summary>The Windows id that Exchange knows the zone by; UTC's where there is none.</summary>
    public static string WindowsId(string? id)
    {
        var known = FindOrUtc(id).Id; // as its own tables spell it
        if (TimeZoneInfo.TryConvertIanaIdToWindowsId(known, out var windows)) return windows;
        return TimeZoneInfo.TryConvertWindowsIdToIanaId(known, out _) ? known : "UTC";
    }

    /// <summary>The date that it is in the zone.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The first valid instant of a date: not every day has a midnight (Santiago and Cairo skip one each spring).</summary>
    public static DateTimeOffset StartOfDay(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>
    /// The date that begins exactly at this instant in the zone; null when none does. A date with two midnights (Havana has one each
    /// autumn) begins at either.
    /// </summary>
    public static DateOnly? DayThatBeginsAt(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var day = DateOnly.FromDateTime(local);
        return local.TimeOfDay == TimeSpan.Zero || StartOfDay(day, zone) == instant ? day : null;
    }

    /// <summary>
    /// What the system's zone folder holds beside zones: this machine's own, New York's rules, a placeholder, and copies that count leap
    /// seconds or not.
    /// </summary>
    private static bool NamesNoPlace(string id) =>
        id is "localtime" or "posixrules" or "Factory"
            || id.StartsWith("posix/", StringComparison.OrdinalIgnoreCase)
            || id.StartsWith("right/", StringComparison.OrdinalIgnoreCase);
}
