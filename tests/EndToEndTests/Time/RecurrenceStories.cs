using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Time;

/// <summary>Every pattern and range that Exchange knows, on the dates that a calendar on paper gives.</summary>
public sealed class RecurrenceStories
{
    private static readonly DateTimeOffset Now = new(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly WallClock Berlin = new("W. Europe Standard Time");
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_pattern_and_range_appears_on_its_dates_at_nine_in_the_morning_in_winter_and_summer()
    {
        await using var exchange = await Organisation.Start("anna");
        var person = exchange.Outlook("anna");
        foreach (var (name, first, pattern, count, until, _) in Series)
        {
            var start = Nine(first);
            person.AddsSeries(new EventDraft(name, start, start.AddHours(1)), pattern, count, until);
        }

        await using var host = new ClockedHost(Now);
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Authorize(integration);
        await api.Link(integration, "anna");
        await api.Sync("anna");

        await new Mirror(exchange, api, "anna", Berlin).IsTrue(Now);
        var said = (await api.Calendar("anna", Now.AddDays(-30), Now.AddDays(369)))
            .ToLookup(
                e => e["title"]!.GetValue<string>(),
                e => (e["start"]!.GetValue<DateTimeOffset>(), e["end"]!.GetValue<DateTimeOffset>()),
                StringComparer.Ordinal);
        foreach (var (name, _, _, _, _, dates) in Series)
            Assert.Equal(
                dates.Select(d => $"{name} {Berlin.Show(Nine(d))}"),
                said[name].Where(t => t.Item2 - t.Item1 == TimeSpan.FromHours(1)).Select(t => $"{name} {Berlin.Show(t.Item1)}"));
    }

    private static IReadOnlyList<(
        string Name,
        DateOnly First,
        RecurrencePattern Pattern,
        int? Count,
        DateOnly? Until,
        IReadOnlyList<DateOnly> Dates)> Series
    { get; } =
    [
        (
            "every third day, five times",
            Day("2026-03-20"),
            new DailyPattern(3),
            5,
            null,
            Days("2026-03-20 2026-03-23 2026-03-26 2026-03-29 2026-04-01")),
        (
            "daily until the end of March",
            Day("2026-03-27"),
            new DailyPattern(1),
            null,
            Day("2026-03-31"),
            Days("2026-03-27 2026-03-28 2026-03-29 2026-03-30 2026-03-31")),
        ("three days of every second week", Day("2026-03-02"),
            Weekly(2, DayOfWeek.Monday, DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday), 7, null,
            Days("2026-03-02 2026-03-04 2026-03-06 2026-03-16 2026-03-18 2026-03-20 2026-03-30")),
        (
            "every second week, weeks from Monday",
            Day("2026-03-03"),
            Weekly(2, DayOfWeek.Monday, DayOfWeek.Sunday, DayOfWeek.Tuesday),
            4,
            null,
            Days("2026-03-03 2026-03-08 2026-03-17 2026-03-22")),
        (
            "every second week, weeks from Sunday",
            Day("2026-03-03"),
            Weekly(2, DayOfWeek.Sunday, DayOfWeek.Sunday, DayOfWeek.Tuesday),
            4,
            null,
            Days("2026-03-03 2026-03-15 2026-03-17 2026-03-29")),
        (
            "the 31st or the last",
            Day("2026-03-31"),
            new MonthlyPattern(1, 31),
            5,
            null,
            Days("2026-03-31 2026-04-30 2026-05-31 2026-06-30 2026-07-31")),
        (
            "quarterly until January",
            Day("2026-04-15"),
            new MonthlyPattern(3, 15),
            null,
            Day("2027-01-31"),
            Days("2026-04-15 2026-07-15 2026-10-15 2027-01-15")),
        (
            "last weekday of the month",
            Day("2026-03-31"),
            new RelativeMonthlyPattern(1, "Weekday", "Last"),
            6,
            null,
            Days("2026-03-31 2026-04-30 2026-05-29 2026-06-30 2026-07-31 2026-08-31")),
        (
            "second Tuesday of every other month",
            Day("2026-02-10"),
            new RelativeMonthlyPattern(2, "Tuesday", "Second"),
            3,
            null,
            Days("2026-02-10 2026-04-14 2026-06-09")),
        (
            "first day of a weekend",
            Day("2026-03-01"),
            new RelativeMonthlyPattern(1, "WeekendDay", "First"),
            3,
            null,
            Days("2026-03-01 2026-04-04 2026-05-02")),
        (
            "last day of the month",
            Day("2026-02-28"),
            new RelativeMonthlyPattern(1, "Day", "Last"),
            null,
            Day("2026-05-31"),
            Days("2026-02-28 2026-03-31 2026-04-30 2026-05-31")),
        ("leap day", Day("2024-02-29"), new YearlyPattern(29, 2), null, null, Days("2026-02-28")),
        ("Christmas Eve since 2019", Day("2019-12-24"), new YearlyPattern(24, 12), null, null, Days("2026-12-24")),
        (
            "the Sunday on which the clock changes",
            Day("2020-03-29"),
            new RelativeYearlyPattern("Sunday", "Last", 3),
            null,
            null,
            Days("2026-03-29")),
        (
            "fourth Thursday of November, the tenth and last time",
            Day("2017-11-23"),
            new RelativeYearlyPattern("Thursday", "Fourth", 11),
            10,
            null,
            Days("2026-11-26")),
        ("every weekday since 2015", Day("2015-01-05"),
            Weekly(1, DayOfWeek.Monday, DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday),
            null,
            null,
            [.. Enumerable.Range(0, 366).Select(i => Day("2026-02-09").AddDays(i))
                .Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))]),
        ("ended before the window", Day("2025-01-06"), new DailyPattern(1), null, Day("2026-02-08"), []),
        ("begins after the window", Day("2027-02-10"), new DailyPattern(1), null, null, []),
    ];

    private static WeeklyPattern Weekly(int interval, DayOfWeek firstDayOfWeek, params DayOfWeek[] days) =>
        new(interval, [.. days], firstDayOfWeek);

    private static DateTimeOffset Nine(DateOnly day) => Assert.Single(Berlin.InstantsOf(day.ToDateTime(new TimeOnly(9, 0))));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static IReadOnlyList<DateOnly> Days(string text) => [.. text.Split(' ').Select(Day)];
}
