using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.UnitTests.Time;

/// <summary>
/// The zones of this system by either kind of id, and what happens in them, found by looking at every quarter of an hour.
/// </summary>
internal static class Zones
{
    public static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<TimeZoneInfo> OfTheSystem { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Where(z => CalendarZone.Find(z.Id) is not null)];

    /// <summary>Every Windows id that one of the system's zones maps to.</summary>
    public static IReadOnlyList<string> WindowsIds { get; } =
    [
        .. OfTheSystem.Select(z => TimeZoneInfo.TryConvertIanaIdToWindowsId(z.Id, out var windows) ? windows : null)
            .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>The instants at which two zones first differ within two years; null when they never do.</summary>
    public static DateTimeOffset? FirstDifference(TimeZoneInfo one, TimeZoneInfo other)
    {
        for (var instant = From; instant < From.AddYears(2); instant += Quarter * 2)
        {
            if (one.GetUtcOffset(instant) != other.GetUtcOffset(instant)) return instant;
        }

        return null;
    }

    /// <summary>The days of 2026 and 2027 on which the zone's clock changes, each with its neighbours, and a quiet one.</summary>
    public static IReadOnlyList<DateOnly> TellingDays(TimeZoneInfo zone)
    {
        var days = new SortedSet<DateOnly> { new(2026, 7, 6) };
        for (var instant = From; instant < From.AddYears(2); instant = instant.AddDays(1))
        {
            if (zone.GetUtcOffset(instant) == zone.GetUtcOffset(instant.AddDays(1))) continue;
            for (var i = -2; i <= 3; i++) days.Add(DateOnly.FromDateTime(instant.UtcDateTime).AddDays(i));
        }

        return [.. days];
    }

    /// <summary>When a date begins in the zone: the first quarter of an hour that its clock shows that date.</summary>
    public static DateTimeOffset FirstInstantOf(DateOnly day, TimeZoneInfo zone)
    {
        var instant = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) - zone.BaseUtcOffset - TimeSpan.FromHours(4);
        while (DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime) < day) instant += Quarter;
        return instant;
    }
}
