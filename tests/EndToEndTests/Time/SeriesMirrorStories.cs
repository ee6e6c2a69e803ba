using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Time;

/// <summary>
/// Series with changed occurrences, in their own zones and over clock changes, are in the booking product as Outlook shows them.
/// </summary>
public sealed class SeriesMirrorStories() : OfficeStory("anna")
{
    private static readonly DateTimeOffset Now = new(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly WallClock Berlin = new("W. Europe Standard Time");

    private protected override ClockedHost Host { get; } = new(Now);

    private protected override Task Begin() => Task.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Changed_occurrences_before_inside_and_after_the_window_are_as_Outlook_shows_them(bool changedBeforeTheFirstPass)
    {
        var person = Exchange.Outlook("anna");
        var (weekly, other) = (Mondays(person, "Stand-up"), Mondays(person, "Review"));
        if (changedBeforeTheFirstPass) ChangeOccurrences(person, weekly, other);
        await Api.Begin(Exchange, "anna");
        var mirror = new Mirror(Exchange, Api, "anna", Berlin);
        if (!changedBeforeTheFirstPass)
        {
            await mirror.IsTrue(Now);
            ChangeOccurrences(person, weekly, other);
            await Api.Sync("anna");
        }

        var first = await mirror.IsTrue(Now);
        Assert.Contains("Stand-up: 2026-01-26 09:00 +01:00 to 2026-02-10 10:00 +01:00", first.Keys);
        Assert.Contains("Stand-up: 2026-10-25 02:30 +01:00 to 2026-10-25 03:30 +01:00", first.Keys);
        Assert.Contains("Review: 2026-02-08 23:30 +01:00 to 2026-02-09 01:30 +01:00", first.Keys);
        Assert.Contains("Review: 2027-02-09 23:30 +01:00 to 2027-02-10 00:30 +01:00", first.Keys);

        // The next night the window is read whole: the rows stay the same rows.
        Host.Clock.Advance(TimeSpan.FromDays(1));
        await Api.Sync("anna");
        var next = await mirror.IsTrue(Now.AddDays(1));
        Assert.All(next.Where(line => first.ContainsKey(line.Key)), line => Assert.Equal(first[line.Key], line.Value));
        Assert.InRange(next.Keys.Count(first.ContainsKey), 90, 200);
    }

    [Fact]
    public async Task A_changed_pattern_an_earlier_end_a_moved_master_and_a_deleted_one_are_followed()
    {
        var person = Exchange.Outlook("anna");
        var (weekly, other) = (Mondays(person, "Stand-up"), Mondays(person, "Review"));
        ChangeOccurrences(person, weekly, other);
        await Api.Begin(Exchange, "anna");
        var mirror = new Mirror(Exchange, Api, "anna", Berlin);
        foreach (var edit in new Action[]
        {
            () => person.EndsSeries(weekly, new DateOnly(2026, 11, 1)),
            () => person.TurnsIntoSeries(other, new RelativeMonthlyPattern(1, "Friday", "Last")),
            () => person.Moves(weekly, Berlin.InstantsOf(new DateTime(2026, 3, 2, 2, 30, 0))[0]),
            () => person.TurnsIntoSingle(other),
            () => person.Deletes(weekly),
        })
        {
            edit();
            await Api.Sync("anna");
            await mirror.IsTrue(Now);
        }
    }

    [Fact]
    public async Task Series_of_other_zones_keep_their_own_wall_clock_over_both_sides_clock_changes()
    {
        var person = Exchange.Outlook("anna");
        var newYork = new WallClock("Eastern Standard Time");
        Add(
            person,
            newYork,
            "New York at nine",
            new DateTime(2026, 1, 5, 9, 0, 0),
            TimeSpan.FromHours(1),
            new WeeklyPattern(1, [DayOfWeek.Monday]));
        Add(
            person,
            new WallClock("Lord Howe Standard Time"),
            "Lord Howe at two",
            new DateTime(2026, 1, 4, 2, 0, 0),
            TimeSpan.FromMinutes(90),
            new DailyPattern(1));
        Add(
            person,
            new WallClock("AUS Eastern Standard Time"),
            "Sydney at night",
            new DateTime(2026, 1, 3, 23, 0, 0),
            TimeSpan.FromHours(8),
            new WeeklyPattern(1, [DayOfWeek.Saturday]));
        Add(
            person,
            Berlin,
            "Berlin at half past two",
            new DateTime(2026, 1, 4, 2, 30, 0),
            TimeSpan.FromHours(1),
            new WeeklyPattern(1, [DayOfWeek.Sunday]));
        await Api.Begin(Exchange, "anna");
        var said = await new Mirror(Exchange, Api, "anna", Berlin).IsTrue(Now);
        foreach (var line in new[]
        {
            "2026-03-02 15:00 +01:00 to 2026-03-02 16:00 +01:00",
            "2026-03-09 14:00 +01:00 to 2026-03-09 15:00 +01:00",
            "2026-03-23 14:00 +01:00 to 2026-03-23 15:00 +01:00",
            "2026-03-30 15:00 +02:00 to 2026-03-30 16:00 +02:00",
            "2026-10-19 15:00 +02:00 to 2026-10-19 16:00 +02:00",
            "2026-10-26 14:00 +01:00 to 2026-10-26 15:00 +01:00",
            "2026-11-02 15:00 +01:00 to 2026-11-02 16:00 +01:00",
        }) Assert.Contains($"New York at nine: {line}", said.Keys);
    }

    [Fact]
    public async Task All_day_series_are_whole_days_also_where_a_day_has_no_midnight_or_two()
    {
        var person = Exchange.Outlook("anna");
        AddAllDay(
            person,
            new WallClock("Pacific SA Standard Time"),
            "Santiago",
            new DateOnly(2025, 9, 7),
            1,
            new WeeklyPattern(1, [DayOfWeek.Saturday, DayOfWeek.Sunday]));
        AddAllDay(
            person, new WallClock("Egypt Standard Time"), "Cairo", new DateOnly(2025, 4, 25), 2, new WeeklyPattern(1, [DayOfWeek.Friday]));
        AddAllDay(
            person,
            new WallClock("Cuba Standard Time"),
            "Havana",
            new DateOnly(2025, 10, 5),
            1,
            new WeeklyPattern(1, [DayOfWeek.Saturday, DayOfWeek.Sunday]));
        AddAllDay(
            person,
            new WallClock("Azores Standard Time"),
            "Azores",
            new DateOnly(2025, 3, 30),
            9,
            new RelativeMonthlyPattern(1, "Sunday", "Last"));
        AddAllDay(person, Berlin, "Berlin", new DateOnly(2026, 1, 31), 3, new RelativeMonthlyPattern(1, "Day", "Last"));
        await Api.Begin(Exchange, "anna");
        await new Mirror(Exchange, Api, "anna", Berlin).IsTrue(Now);

        var said = await Api.Calendar("anna", Now.AddDays(-20), Now.AddDays(370));
        var days = said.ToLookup(
            e => e["title"]!.GetValue<string>(),
            e => (e["firstDay"]!.GetValue<string>(), e["endDay"]!.GetValue<string>()),
            StringComparer.Ordinal);
        Assert.All(said, e => Assert.True(e["isAllDay"]!.GetValue<bool>()));
        Assert.Equal(2 * 52 + 1, days["Santiago"].Count()); // the Sunday before the window reaches into it: Berlin's Monday begins earlier
        Assert.Contains(("2026-09-05", "2026-09-06"), days["Santiago"]);
        Assert.Contains(("2026-09-06", "2026-09-07"), days["Santiago"]);
        Assert.Contains(("2026-04-24", "2026-04-26"), days["Cairo"]);
        Assert.Contains(("2026-10-30", "2026-11-01"), days["Cairo"]);
        Assert.Contains(("2026-11-01", "2026-11-02"), days["Havana"]);
        Assert.Contains(("2026-10-25", "2026-11-03"), days["Azores"]);
        Assert.Contains(("2026-03-31", "2026-04-03"), days["Berlin"]);
    }

    private static void ChangeOccurrences(Person person, string weekly, string other)
    {
        // from before into the window
        person.ChangesOccurrence(weekly, Nine("2026-01-26"), new EventEdit { End = Nine("2026-02-10").AddHours(1) });
        // before the window, and stays there
        person.ChangesOccurrence(weekly, Nine("2026-02-02"), new EventEdit { Start = Nine("2026-02-06") });
        person.ChangesOccurrence(weekly, Nine("2026-02-16"), new EventEdit { Start = Nine("2026-02-18") });
        person.ChangesOccurrence(weekly, Nine("2026-02-23"), new EventEdit { Subject = "Stand-up, renamed" });
        person.ChangesOccurrence(weekly, Nine("2026-03-02"), new EventEdit { End = Nine("2026-03-02").AddHours(4) });
        person.DeletesOccurrence(weekly, Nine("2026-03-09"));
        person.ChangesOccurrence(weekly, Nine("2026-03-16"), new EventEdit { FreeBusy = FreeBusy.Free });
        person.ChangesOccurrence(weekly, Nine("2026-03-23"), new EventEdit { Sensitivity = Sensitivity.Private });
        person.ChangesOccurrence(
            weekly,
            Nine("2026-03-30"),
            new EventEdit
            {
                Subject = "Easter",
                Start = Berlin.FirstInstantOf(new DateOnly(2026, 3, 29)),
                End = Berlin.FirstInstantOf(new DateOnly(2026, 3, 30)),
                IsAllDay = true
            });
        // the second half past two
        person.ChangesOccurrence(
            weekly, Nine("2026-10-26"), new EventEdit { Start = Berlin.InstantsOf(new DateTime(2026, 10, 25, 2, 30, 0))[0] });
        person.ChangesOccurrence(weekly, Nine("2027-02-08"), new EventEdit { Start = Nine("2027-02-11") }); // out at the end
        // over the window's first midnight
        person.ChangesOccurrence(
            other, Nine("2026-02-02"), new EventEdit { Start = At("2026-02-08", 23, 30), End = At("2026-02-09", 1, 30) });
        person.DeletesOccurrence(other, Nine("2027-02-08"));
        person.ChangesOccurrence(other, Nine("2027-02-15"), new EventEdit { Start = At("2027-02-09", 23, 30) }); // in at the end
        person.DeletesOccurrence(other, Nine("2028-01-03"));
        person.DeletesOccurrence(other, Nine("2020-01-06"));
    }

    private static string Mondays(Person person, string subject) =>
        person.AddsSeries(
            new EventDraft(subject, Nine("2019-01-07"), Nine("2019-01-07").AddHours(1)),
            new WeeklyPattern(1, [DayOfWeek.Monday], DayOfWeek.Monday));

    private static void Add(
        Person person,
        WallClock zone,
        string subject,
        DateTime wall,
        TimeSpan length,
        RecurrencePattern pattern)
    {
        var start = zone.InstantsOf(wall)[0];
        person.AddsSeries(new EventDraft(subject, start, start + length) { TimeZoneId = zone.Id }, pattern);
    }

    private static void AddAllDay(
        Person person,
        WallClock zone,
        string subject,
        DateOnly first,
        int days,
        RecurrencePattern pattern) =>
        person.AddsSeries(
        new EventDraft(
            subject, zone.FirstInstantOf(first), zone.FirstInstantOf(first.AddDays(days)))
        { TimeZoneId = zone.Id, IsAllDay = true },
        pattern);

    private static DateTimeOffset Nine(string day) => At(day, 9, 0);

    private static DateTimeOffset At(string day, int hour, int minute) =>
        Berlin.InstantsOf(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            .ToDateTime(new TimeOnly(hour, minute)))[0];
}
