using System.Text;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>The MIME content of a calendar item is iCalendar, to be read and to be set.</summary>
public sealed class MimeContentTests
{
    private const string Zone = "W. Europe Standard Time";
    private const string Times = $"DTSTART;TZID={Zone}:20260706T090000\r\nDTEND;TZID={Zone}:20260706T103000";

    [Theory]
    [InlineData("""<t:IncludeMimeContent>true</t:IncludeMimeContent>""", "")]
    [InlineData("", """<t:FieldURI FieldURI="item:MimeContent"/>""")]
    public async Task An_item_tells_its_MIME_content_to_who_asks_for_it(string include, string path)
    {
        await using var exchange = await Start();
        var id = exchange.Mailbox.Person.Adds(new EventDraft("Haircut; by phone", Utc("2026-07-06T07:00:00Z"), Utc("2026-07-06T08:30:00Z"))
        {
            Location = "Salon 2",
            Sensitivity = Sensitivity.Private,
            FreeBusy = FreeBusy.Tentative,
        });
        var lines = Lines(await Mime(exchange, id, include, path));
        Assert.Superset(
            new HashSet<string>
            {
                "BEGIN:VCALENDAR", "TZID:W. Europe Standard Time", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
                "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
                "SUMMARY;LANGUAGE=en-US:Haircut\\; by phone", "LOCATION;LANGUAGE=en-US:Salon 2",
                "CLASS:PRIVATE", "TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", "TRIGGER;RELATED=START:-PT15M",
                "DTSTART;TZID=W. Europe Standard Time:20260706T090000", "DTEND;TZID=W. Europe Standard Time:20260706T103000",
            },
            lines.ToHashSet());
        Assert.Empty((await exchange.Ask(Ask.GetItem(id, "", "AllProperties"))).Single().Descendants(T + "MimeContent"));
    }

    [Fact]
    public async Task A_series_tells_its_rule_its_exceptions_and_the_days_that_it_skips()
    {
        await using var exchange = await Start();
        var start = Utc("2026-03-23T08:00:00Z");
        var draft = new EventDraft("Briefing", start, start.AddHours(1));
        var master = exchange.Mailbox.Person.AddsSeries(draft, new WeeklyPattern(1, [DayOfWeek.Monday]), 3);
        exchange.Mailbox.Person.DeletesOccurrence(master, Utc("2026-03-30T07:00:00Z"));
        var edit = new EventEdit { Subject = "Moved", Start = Utc("2026-04-07T12:00:00Z") };
        exchange.Mailbox.Person.ChangesOccurrence(master, Utc("2026-04-06T07:00:00Z"), edit);
        var lines = Lines(await Mime(exchange, master, "<t:IncludeMimeContent>true</t:IncludeMimeContent>"));
        Assert.Contains("RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;WKST=SU;COUNT=3", lines);
        Assert.Contains("EXDATE;TZID=W. Europe Standard Time:20260330T090000", lines);
        Assert.Contains("RECURRENCE-ID;TZID=W. Europe Standard Time:20260406T090000", lines);
        Assert.Contains("DTSTART;TZID=W. Europe Standard Time:20260407T140000", lines);
        Assert.Equal(2, lines.Count(l => l == "BEGIN:VEVENT"));
    }

    [Fact]
    public async Task What_is_created_by_MIME_content_says_what_it_says_and_the_other_elements_win()
    {
        await using var exchange = await Start();
        var mime = Event($"UID:by-mime@test\r\nSUMMARY:Hair\r\n cut\\, long\r\n{Times}\r\nLOCATION:Salon 2\r\nDESCRIPTION:one\\ntwo\r\n"
            + "CLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\nBEGIN:VALARM\r\nTRIGGER:-PT30M\r\nEND:VALARM");
        await exchange.Ask(Ask.Create(mime + "<t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus>"));
        var entry = exchange.Mailbox.Calendar.Single();
        var f = entry.Fields;
        Assert.Equal(
            ("by-mime@test", "Haircut, long", "Salon 2", "one\ntwo", Sensitivity.Private, FreeBusy.OOF),
            (entry.Uid, f.Subject, f.Location, f.Body, f.Sensitivity, f.FreeBusy));
        Assert.Equal((Utc("2026-07-06T07:00:00Z"), Utc("2026-07-06T08:30:00Z"), Zone), (f.Start, f.End, f.StartZone.Id));
        Assert.Equal((true, 30), (f.ReminderIsSet, f.ReminderMinutesBeforeStart));
    }

    [Theory]
    [InlineData("DTSTART:20260706T070000Z\r\nDTEND:20260706T083000Z", "2026-07-06T07:00:00Z", "2026-07-06T08:30:00Z", false)]
    [InlineData("DTSTART;TZID=\"Europe/Berlin\":20260706T090000\r\nDURATION:PT1H30M", "2026-07-06T07:00:00Z", "2026-07-06T08:30:00Z",
        false)]
    [InlineData("DTSTART;VALUE=DATE:20260706", "2026-07-06T00:00:00Z", "2026-07-07T00:00:00Z", true)]
    [InlineData($"DTSTART;TZID={Zone}:20260706T000000\r\nDTEND;TZID={Zone}:20260708T000000\r\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        "2026-07-05T22:00:00Z", "2026-07-07T22:00:00Z", true)]
    public async Task Times_of_MIME_content_are_instants_in_a_zone_or_dates(string times, string start, string end, bool isAllDay)
    {
        await using var exchange = await Start();
        await exchange.Ask(Ask.Create(Event("SUMMARY:A\r\n" + times)));
        var fields = exchange.Mailbox.Calendar.Single().Fields;
        Assert.Equal((Utc(start), Utc(end), isAllDay), (fields.Start, fields.End, fields.IsAllDay));
    }

    [Fact]
    public async Task A_zone_of_MIME_content_goes_by_its_Windows_id()
    {
        await using var exchange = await Start();
        await exchange.Ask(Ask.Create(Event("SUMMARY:A\r\nDTSTART;TZID=Europe/Berlin:20260706T090000")));
        Assert.Equal("W. Europe Standard Time", exchange.Mailbox.Calendar.Single().Fields.StartZone.Id);
    }

    [Theory]
    [InlineData("<t:MimeContent>*</t:MimeContent>", "ErrorMimeContentInvalidBase64String")]
    [InlineData("<t:MimeContent>QQ==</t:MimeContent>", "ErrorMimeContentInvalid")]
    [InlineData(null, "ErrorMimeContentConversionFailed")]
    public async Task MIME_content_that_is_no_single_event_is_refused_and_nothing_is_made(string? content, string code)
    {
        await using var exchange = await Start();
        Assert.Equal(code, Code((await exchange.Ask(Ask.Create(content ?? Event(Times + "\r\nRRULE:FREQ=DAILY")))).Single()));
        Assert.Empty(exchange.Mailbox.Calendar);
    }

    [Fact]
    public async Task MIME_content_can_be_set_anew()
    {
        await using var exchange = await Start();
        var id = exchange.Mailbox.Person.Adds(new EventDraft("Before", Utc("2026-07-01T07:00:00Z"), Utc("2026-07-01T08:00:00Z")));
        var change = Ask.Set("item:MimeContent", Event("SUMMARY:After\r\n" + Times));
        Assert.Equal("NoError", Code((await exchange.Ask(Ask.Update(id, null, change, "AlwaysOverwrite"))).Single()));
        var after = exchange.Mailbox.Find(id)!.Fields;
        Assert.Equal(("After", Utc("2026-07-06T07:00:00Z")), (after.Subject, after.Start));
    }

    [Fact]
    public async Task What_is_read_can_be_created_again()
    {
        await using var exchange = await Start();
        const string subject = "Überstunden, \\; und mehr als fünfundsiebzig Oktette in einer einzigen Zeile des Kalenders 日本語";
        var draft = new EventDraft(subject, Utc("2026-07-06T07:00:00Z"), Utc("2026-07-06T08:00:00Z"))
        {
            Location = "Ort",
            Sensitivity = Sensitivity.Confidential,
            FreeBusy = FreeBusy.WorkingElsewhere,
        };
        var id = exchange.Mailbox.Person.Adds(draft);
        var mime = (await exchange.Ask(Ask.GetItem(id, Ask.Fields("item:MimeContent")))).Single().Descendants(T + "MimeContent").Single();
        await exchange.Ask(Ask.Create($"<t:MimeContent>{mime.Value}</t:MimeContent>"));
        var (first, second) = (exchange.Mailbox.Find(id)!, exchange.Mailbox.Calendar.Single(e => e.ItemId != id));
        Assert.Equal(first.Uid, second.Uid);
        Assert.Equal(Said(first.Fields), Said(second.Fields));
    }

    private static object Said(EventFields f) => (f.Subject, f.Start, f.End, f.Location, f.Sensitivity, f.FreeBusy, f.StartZone);

    private static async Task<string> Mime(Organisation exchange, string id, string include, string path = "")
    {
        var body = Ask.GetItem(id, path).Replace("</t:BaseShape>", "</t:BaseShape>" + include, StringComparison.Ordinal);
        var mime = (await exchange.Ask(body)).Single().Descendants(T + "MimeContent").Single();
        Assert.Equal("UTF-8", mime.Attribute("CharacterSet")!.Value);
        return Encoding.UTF8.GetString(Convert.FromBase64String(mime.Value));
    }

    private static string[] Lines(string calendar) => calendar.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");

    private static string Event(string lines)
    {
        var calendar = $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        return $"<t:MimeContent CharacterSet=\"UTF-8\">{Convert.ToBase64String(Encoding.UTF8.GetBytes(calendar))}</t:MimeContent>";
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
