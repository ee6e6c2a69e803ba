using CleanSync.ExchangeSimulator.Outlook;

namespace CleanSync.EndToEndTests.Time;

/// <summary>An event as a person meant it: instants, or for an all-day event dates, in the zone that they were meant in.</summary>
internal sealed record MeantEvent(
    string Title,
    WallClock Zone,
    DateTimeOffset Start,
    DateTimeOffset End,
    DateOnly? FirstDay,
    DateOnly? EndDay)
{
    public EventDraft Draft => new(Title, Start, End) { TimeZoneId = Zone.Id, IsAllDay = FirstDay is not null };

    public override string ToString() =>
        FirstDay is null ? $"{Title} {Zone.Show(Start)} to {Zone.Show(End)} of {Zone}" : $"{Title} {FirstDay:o} to {EndDay:o} of {Zone}";
}

/// <summary>
/// Random events, most of them close to a clock change of their own zone or of the staff member's. The same seed makes the same events.
/// </summary>
internal sealed class SeededEvents(int seed, DateOnly firstDay, DateOnly lastDay)
{
    private readonly Random random = new(seed);

    /// <summary>All events are made in the staff member's zone.</summary>
    public bool OwnZoneOnly { get; init; }

    public IReadOnlyList<MeantEvent> For(WallClock staff, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Next(staff, $"Event {i}"))];

    private MeantEvent Next(WallClock staff, string title)
    {
        var zone = OwnZoneOnly || random.Next(5) < 3 ? staff : Pick(WallClock.TellingZones);
        var nearby = zone.Changes.Concat(staff.Changes)
            .Where(c => zone.DateAt(c) > firstDay.AddDays(3) && zone.DateAt(c) < lastDay.AddDays(-3))
            .ToList();
        var change = nearby.Count > 0 && random.Next(5) < 4 ? Pick(nearby) : (DateTimeOffset?)null;
        var day = change is { } at
            ? zone.DateAt(at).AddDays(random.Next(-2, 3))
            : firstDay.AddDays(random.Next(lastDay.DayNumber - firstDay.DayNumber));
        if (random.Next(5) < 2)
        {
            var endDay = day.AddDays(random.Next(4) == 0 ? random.Next(7, 46) : random.Next(1, 4));
            return new MeantEvent(title, zone, zone.FirstInstantOf(day), zone.FirstInstantOf(endDay), day, endDay);
        }

        var start = change is { } hour && random.Next(2) == 0
            ? hour.AddMinutes(15 * random.Next(-12, 13)) // in, beside or across the skipped or doubled hour
            : Instant(zone, day.ToDateTime(TimeOnly.MinValue).AddMinutes(15 * random.Next(96)));
        var end = random.Next(4) switch
        {
            0 => Instant(zone, zone.Read(start).AddDays(random.Next(1, 4))), // the same time another day: 23, 24 or 25 hours a day
            1 when random.Next(3) == 0 => start.AddDays(random.Next(7, 40)),
            _ => start.AddMinutes(15 * random.Next(1, 25)),
        };
        return new MeantEvent(title, zone, start, end > start ? end : start.AddMinutes(15), null, null);
    }

    private DateTimeOffset Instant(WallClock zone, DateTime wall)
    {
        while (true)
        {
            if (zone.InstantsOf(wall) is { Count: > 0 } instants) return Pick(instants);
            wall = wall.AddMinutes(15); // skipped that day
        }
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
