using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;
using static CleanSync.ContractTests.Simulator.Organisation;

namespace CleanSync.ContractTests.Simulator;

/// <summary>Answers to meetings: what they do to the attendee's item, and which are refused.</summary>
public sealed class MeetingTests
{
    [Theory]
    [InlineData("AcceptItem", "Accept", FreeBusy.Busy)]
    [InlineData("TentativelyAcceptItem", "Tentative", FreeBusy.Tentative)]
    public async Task An_accepted_meeting_stays_and_blocks_time_accordingly(string verb, string response, FreeBusy status)
    {
        await using var exchange = await Start();
        var meeting = Invited(exchange);
        Assert.Equal(
            ("NoResponseReceived", FreeBusy.Tentative),
            (exchange.Mailbox.Find(meeting)!.Fields.MyResponse, exchange.Mailbox.Find(meeting)!.Fields.FreeBusy));
        var answer = (await exchange.Ask(Reply(exchange, verb, meeting))).Single();
        Assert.Equal(exchange.Mailbox.Find(meeting)!.ChangeKey, answer.Descendants(T + "ItemId").Single().Attribute("ChangeKey")!.Value);
        Assert.Equal(
            (response, status), (exchange.Mailbox.Find(meeting)!.Fields.MyResponse, exchange.Mailbox.Find(meeting)!.Fields.FreeBusy));
    }

    [Fact]
    public async Task A_declined_meeting_lies_in_Deleted_Items()
    {
        await using var exchange = await Start();
        var answer = (await exchange.Ask(Reply(exchange, "DeclineItem", Invited(exchange)))).Single();
        Assert.Equal(("NoError", 0), (Code(answer), answer.Descendants(T + "ItemId").Count()));
        Assert.Empty(exchange.Mailbox.Calendar);
        Assert.Equal("Decline", exchange.Mailbox.DeletedItems.Single().Fields.MyResponse);
    }

    [Fact]
    public async Task A_declined_occurrence_leaves_its_series_and_an_accepted_one_is_an_exception_of_it()
    {
        await using var exchange = await Start();
        var now = exchange.Clock.GetUtcNow();
        var series = exchange.Mailbox.Person.AddsSeries(Draft(exchange), new DailyPattern(1), 3);
        await exchange.Ask(Reply(exchange, "DeclineItem", exchange.Mailbox.Person.OccurrenceId(series, now)));
        await exchange.Ask(Reply(exchange, "AcceptItem", exchange.Mailbox.Person.OccurrenceId(series, now.AddDays(1))));
        Assert.Equal(
            [(CalendarItemType.Exception, "Accept"), (CalendarItemType.Occurrence, "NoResponseReceived")],
            exchange.Mailbox.View(now.AddHours(-1), now.AddDays(5)).Select(e => (e.Type, e.Fields.MyResponse)));
    }

    [Fact]
    public async Task The_answer_to_a_series_reaches_every_occurrence()
    {
        await using var exchange = await Start();
        var now = exchange.Clock.GetUtcNow();
        var series = exchange.Mailbox.Person.AddsSeries(Draft(exchange), new DailyPattern(1), 3);
        exchange.Mailbox.Person.ChangesOccurrence(series, now, new EventEdit { Location = "Room" });
        await exchange.Ask(Reply(exchange, "AcceptItem", series));
        Assert.Equal(
            ["Accept", "Accept", "Accept"], exchange.Mailbox.View(now.AddHours(-1), now.AddDays(5)).Select(e => e.Fields.MyResponse));
    }

    [Fact]
    public async Task An_old_change_key_or_none_is_refused_and_changes_nothing()
    {
        await using var exchange = await Start();
        var meeting = Invited(exchange);
        var stale = Reply(exchange, "DeclineItem", meeting);
        exchange.Mailbox.Person.Relocates(meeting, "Room");
        Assert.Equal("ErrorIrresolvableConflict", Code((await exchange.Ask(stale)).Single()));
        Assert.Equal("ErrorChangeKeyRequiredForWriteOperations", Code((await exchange.Ask(Reply("AcceptItem", meeting, ""))).Single()));
        Assert.Equal("NoResponseReceived", exchange.Mailbox.Calendar.Single().Fields.MyResponse);
    }

    [Theory]
    [InlineData("AcceptItem", "Accept")]
    [InlineData("TentativelyAcceptItem", "Tentative")]
    [InlineData("DeclineItem", "Decline")]
    public async Task Ones_own_meeting_and_a_cancelled_one_cannot_be_answered(string verb, string name)
    {
        await using var exchange = await Start();
        var own = exchange.Mailbox.Person.Adds(Draft(exchange) with { Organizer = null });
        var cancelled = Invited(exchange);
        exchange.Mailbox.Person.SeesCancelled(cancelled);
        Assert.Equal("ErrorCalendarIsOrganizerFor" + name, Code((await exchange.Ask(Reply(exchange, verb, own))).Single()));
        Assert.Equal("ErrorCalendarIsCancelledFor" + name, Code((await exchange.Ask(Reply(exchange, verb, cancelled))).Single()));
    }

    private static EventDraft Draft(Organisation exchange) =>
        new("Meeting", exchange.Clock.GetUtcNow(), exchange.Clock.GetUtcNow().AddHours(1)) { Organizer = "bob@contoso.example" };

    private static string Invited(Organisation exchange) => exchange.Mailbox.Person.Adds(Draft(exchange));

    private static string Reply(Organisation exchange, string verb, string id) =>
        Reply(verb, id, $" ChangeKey=\"{exchange.Mailbox.Find(id)!.ChangeKey}\"");

    private static string Reply(string verb, string id, string key) =>
        $"""<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:{verb}><t:ReferenceItemId Id="{id}"{key}/></t:{verb}></m:Items></m:CreateItem>""";
}
