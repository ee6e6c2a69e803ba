using System.Globalization;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

public sealed class SeriesTests
{
    private static readonly string Shown = Ask.Fields(
        "item:Subject",
        "calendar:UID",
        "calendar:Start",
        "calendar:OriginalStart",
        "calendar:CalendarItemType");

    [Fact]
    public async Task A_series_keeps_its_wall_clock_when_the_clocks_change()
    {
        await using var exchange = await Start();
        AddMondays(exchange, 4);
        Assert.Equal(
            ["2026-03-16T08:00:00Z", "2026-03-23T08:00:00Z", "2026-03-30T07:00:00Z", "2026-04-06T07:00:00Z"],
            (await View(exchange)).Select(o => Text(o, "Start")));
    }

    [Fact]
    public async Task A_moved_occurrence_is_an_exception_that_remembers_its_slot()
    {
        await using var exchange = await Start();
        var master = AddMondays(exchange, 4);
        exchange.Mailbox.Person.ChangesOccurrence(
            master, Utc("2026-03-30T07:00:00Z"), new EventEdit { Start = Utc("2026-03-31T12:00:00Z"), Subject = "Moved" });
        exchange.Mailbox.Person.DeletesOccurrence(master, Utc("2026-03-23T08:00:00Z"));
        var view = await View(exchange);
        Assert.Equal(["Occurrence", "Exception", "Occurrence"], view.Select(o => Text(o, "CalendarItemType")));
        Assert.Equal(
            ("Moved", "2026-03-31T12:00:00Z", "2026-03-30T07:00:00Z"),
            (Text(view[1], "Subject"), Text(view[1], "Start"), Text(view[1], "OriginalStart")));
        Assert.Single(view.Select(o => Text(o, "UID")).Distinct());

        var item =
            (await exchange.Ask(Ask.GetItem(master,
                Ask.Fields(
                    "calendar:Recurrence",
                    "calendar:FirstOccurrence",
                    "calendar:LastOccurrence",
                    "calendar:ModifiedOccurrences",
                    "calendar:DeletedOccurrences",
                    "calendar:IsRecurring")))).Single();
        Assert.Equal("2026-03-30T07:00:00Z", item.Descendants(T + "Occurrence").Single().Element(T + "OriginalStart")!.Value);
        Assert.Equal("2026-03-23T08:00:00Z", item.Descendants(T + "DeletedOccurrence").Single().Element(T + "Start")!.Value);
        Assert.Equal("2026-03-16+01:00", item.Descendants(T + "StartDate").Single().Value);
        Assert.Equal("false", item.Descendants(T + "IsRecurring").Single().Value);
        Assert.Equal(
            view[1].Element(T + "ItemId")!.Attribute("Id")!.Value,
            item.Descendants(T + "Occurrence").Single().Element(T + "ItemId")!.Attribute("Id")!.Value);
    }

    [Fact]
    public async Task Occurrences_are_reached_by_index_and_lead_back_to_the_master()
    {
        await using var exchange = await Start();
        var master = AddMondays(exchange, 4);
        exchange.Mailbox.Person.DeletesOccurrence(master, Utc("2026-03-23T08:00:00Z"));
        async Task<XElement> Index(int n) => (await exchange.Ask(Ask.GetItem($"""<t:OccurrenceItemId RecurringMasterId="{master}" InstanceIndex="{n}"/>""", Shown))).Single();
        Assert.Equal("ErrorCalendarOccurrenceIsDeletedFromRecurrence", Code(await Index(2)));
        Assert.Equal("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange", Code(await Index(5)));
        var third = await Index(3);
        Assert.Equal("2026-03-30T07:00:00Z", third.Descendants(T + "Start").Single().Value);
        var id = third.Descendants(T + "ItemId").Single().Attribute("Id")!.Value;
        Assert.Equal(master, (await exchange.Ask(Ask.GetItem($"""<t:RecurringMasterItemId OccurrenceId="{id}"/>"""))).Single().Descendants(T + "ItemId").Single().Attribute("Id")!.Value);
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.Delete(id))).Single()));
        Assert.Equal("ErrorItemNotFound", Code((await exchange.Ask(Ask.GetItem(id))).Single()));
        Assert.Equal(2, (await View(exchange)).Count);
        Assert.Empty(exchange.Mailbox.DeletedItems);
    }

    [Fact]
    public async Task An_occurrence_cannot_pass_its_neighbour()
    {
        await using var exchange = await Start();
        var master = AddMondays(exchange, 4);
        var refusal =
            Assert.Throws<EwsRefusedException>(() =>
                exchange.Mailbox.Person.ChangesOccurrence(
                    master, Utc("2026-03-23T08:00:00Z"), new EventEdit { Start = Utc("2026-03-31T08:00:00Z") }));
        Assert.Equal("ErrorOccurrenceCrossingBoundary", refusal.Code);
    }

    [Theory]
    [InlineData("<t:DailyRecurrence><t:Interval>2</t:Interval></t:DailyRecurrence>", "02 04 06")]
    [InlineData("<t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Monday Thursday</t:DaysOfWeek></t:WeeklyRecurrence>",
        "02 05 09")]
    [InlineData("<t:AbsoluteMonthlyRecurrence><t:Interval>1</t:Interval><t:DayOfMonth>31</t:DayOfMonth></t:AbsoluteMonthlyRecurrence>",
        "31 30 31")]
    [InlineData("<t:RelativeMonthlyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Weekday</t:DaysOfWeek><t:DayOfWeekIndex>Last</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>", "31 30 29")]
    [InlineData("<t:AbsoluteYearlyRecurrence><t:DayOfMonth>1</t:DayOfMonth><t:Month>September</t:Month></t:AbsoluteYearlyRecurrence>",
        "01 01")]
    [InlineData("<t:RelativeYearlyRecurrence><t:DaysOfWeek>Monday</t:DaysOfWeek><t:DayOfWeekIndex>First</t:DayOfWeekIndex><t:Month>August</t:Month></t:RelativeYearlyRecurrence>", "03 02")]
    public async Task Every_pattern_can_be_written_and_expands(string pattern, string days)
    {
        await using var exchange = await Start();
        var recurrence =
            $"<t:Recurrence>{pattern}<t:NumberedRecurrence><t:StartDate>2026-03-02</t:StartDate><t:NumberOfOccurrences>{days.Split(' ').Length}</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>";
        var created =
            (await exchange.Ask(Ask.Create($"<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>{recurrence}")))
                .Single();
        Assert.Equal("NoError", Code(created));
        var starts = (await exchange.Ask(Ask.View("2026-03-01T00:00:00Z", "2028-02-28T00:00:00Z", Shown))).Single()
            .Descendants(T + "Start")
            .Select(s => s.Value[8..10]);
        Assert.Equal(days, string.Join(' ', starts));
        var pattern2 = XElement.Parse($"""<t:Recurrence xmlns:t="{T}">{pattern}</t:Recurrence>""").Elements().Single().Name;
        var master = created.Descendants(T + "ItemId").Single().Attribute("Id")!.Value;
        Assert.Single((await exchange.Ask(Ask.GetItem(master, Ask.Fields("calendar:Recurrence")))).Single().Descendants(pattern2));
    }

    [Fact]
    public async Task A_view_is_limited_in_range_and_in_number_and_takes_no_restriction()
    {
        await using var exchange = await Start();
        var start = exchange.Clock.GetUtcNow();
        exchange.Mailbox.Person.AddsSeries(new EventDraft("Daily", start, start.AddHours(1)), new DailyPattern(1));
        exchange.Mailbox.Person.AddsSeries(new EventDraft("Daily too", start, start.AddHours(1)), new DailyPattern(1));
        Assert.Equal(
            "ErrorCalendarViewRangeTooBig", Code((await exchange.Ask(Ask.View("2026-01-01T00:00:00Z", "2028-01-01T00:00:01Z"))).Single()));
        var cut = (await exchange.Ask(Ask.View("2026-03-01T00:00:00Z", "2028-02-28T00:00:00Z"))).Single().Element(M + "RootFolder")!;
        Assert.Equal(("false", 1000), (cut.Attribute("IncludesLastItemInRange")!.Value, cut.Descendants(T + "CalendarItem").Count()));
        var restricted = """<m:Restriction><t:Exists><t:FieldURI FieldURI="item:Subject"/></t:Exists></m:Restriction>""";
        Assert.Equal(
            "ErrorInvalidRequest",
            Code((await exchange.Ask(Ask.View("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", extra: restricted))).Single()));
    }

    [Fact]
    public async Task A_person_can_turn_a_single_into_a_series_end_it_and_move_it()
    {
        await using var exchange = await Start();
        var person = exchange.Mailbox.Person;
        var id = person.Adds(new EventDraft("A", Utc("2026-03-16T08:00:00Z"), Utc("2026-03-16T09:00:00Z")));
        person.TurnsIntoSeries(id, new WeeklyPattern(1, [DayOfWeek.Monday]), occurrences: 10);
        person.ChangesOccurrence(id, Utc("2026-03-23T08:00:00Z"), new EventEdit { Location = "Elsewhere" });
        person.EndsSeries(id, new DateOnly(2026, 3, 30));
        person.Renames(id, "B");
        var view = exchange.Mailbox.View(Utc("2026-03-01T00:00:00Z"), Utc("2026-06-01T00:00:00Z"));
        Assert.Equal(["B", "B", "B"], view.Select(e => e.Fields.Subject));
        Assert.Equal("Elsewhere", view[1].Fields.Location);
        person.Moves(id, Utc("2026-03-16T10:00:00Z"));
        Assert.All(
            exchange.Mailbox.View(Utc("2026-03-01T00:00:00Z"), Utc("2026-06-01T00:00:00Z")),
            e => Assert.Equal(CalendarItemType.Occurrence, e.Type));
    }

    private static string AddMondays(Organisation exchange, int count) => exchange.Mailbox.Person.AddsSeries(
        new EventDraft("Mondays", Utc("2026-03-16T08:00:00Z"), Utc("2026-03-16T09:00:00Z")),
        new WeeklyPattern(1, [DayOfWeek.Monday]),
        count);

    private static async Task<List<XElement>> View(Organisation exchange) =>
        [.. (await exchange.Ask(Ask.View("2026-03-01T00:00:00Z", "2026-06-01T00:00:00Z", Shown))).Single().Descendants(T + "CalendarItem")];

    private static string Text(XElement item, string name) => item.Element(T + name)!.Value;

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
