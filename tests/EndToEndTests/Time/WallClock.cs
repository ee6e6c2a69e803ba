using System.Globalization;

namespace CleanSync.EndToEndTests.Time;

/// <summary>
/// The clock on the wall of a zone, read instant by instant and by nothing cleverer: what product and simulator are both held against.
/// </summary>
internal sealed class WallClock
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TimeZoneInfo zone;

    public WallClock(string zoneId)
    {
        (Id, zone) = (zoneId, TimeZoneInfo.FindSystemTimeZoneById(zoneId));
        Changes =
            [.. Enumerable.Range(0, 730).Select(i => From.AddDays(i)).Where(t => zone.GetUtcOffset(t) != zone.GetUtcOffset(t.AddDays(1)))
                .Select(Change)];
    }

    /// <summary>
    /// Both hemispheres, half and quarter hours, a change of half an hour, days without a midnight (Santiago, Cairo, Beirut, Havana) and
    /// with two (Havana, Azores), no change at all.
    /// </summary>
    public static IReadOnlyList<WallClock> TellingZones { get; } =
    [
        .. new[]
        {
            "W. Europe Standard Time",
            "GMT Standard Time",
            "Eastern Standard Time",
            "Pacific Standard Time",
            "Pacific SA Standard Time",
            "AUS Eastern Standard Time",
            "New Zealand Standard Time",
            "Egypt Standard Time",
            "Middle East Standard Time",
            "Jordan Standard Time",
            "India Standard Time",
            "Lord Howe Standard Time",
            "Cuba Standard Time", "Azores Standard Time", "Chatham Islands Standard Time",
        }.Select(id => new WallClock(id)),
    ];

    public string Id { get; }

    /// <summary>The first quarters of an hour in 2026 and 2027 that have another offset than the one before.</summary>
    public IReadOnlyList<DateTimeOffset> Changes { get; }

    public DateTime Read(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    public DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDateTime(Read(instant));

    /// <summary>When the clock shows that time: once as a rule, twice in an overlap with the later first, never in a gap.</summary>
    public IReadOnlyList<DateTimeOffset> InstantsOf(DateTime wall)
    {
        var middle = new DateTimeOffset(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), TimeSpan.Zero);
        return
        [
            .. Enumerable.Range(-1, 3).Select(days => zone.GetUtcOffset(middle.AddDays(days))).Distinct().Order()
                .Select(offset => middle - offset).Where(instant => Read(instant) == wall).OrderDescending(),
        ];
    }

    public DateTimeOffset FirstInstantOf(DateOnly day)
    {
        var instant = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) - zone.BaseUtcOffset - TimeSpan.FromHours(3);
        while (DateAt(instant) < day) instant += Quarter;
        return instant;
    }

    public string Show(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    public override string ToString() => Id;

    private DateTimeOffset Change(DateTimeOffset day)
    {
        var before = zone.GetUtcOffset(day);
        var instant = day;
        while (zone.GetUtcOffset(instant) == before) instant += Quarter;
        return instant;
    }
}
