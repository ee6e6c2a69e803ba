using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>A staff member answers meeting requests through the API.</summary>
public sealed class MeetingStories() : OfficeStory("anna")
{
    private const string Boss = "boss@contoso.example";
    private static readonly DateTimeOffset Nine = Tomorrow.AddHours(9);

    [Theory]
    [InlineData("Accept", "Accept", "Accepted", "Busy")]
    [InlineData("Tentative", "Tentative", "Tentative", "Tentative")]
    public async Task A_meeting_request_awaits_an_answer_and_is_shown_as_answered_at_once(
        string response,
        string inExchange,
        string myResponse,
        string freeBusy)
    {
        var meeting = Exchange.Outlook("anna").Adds(Invitation());
        await Api.Sync("anna");
        var invited = Assert.Single(await Calendar());
        Assert.Equal(("NotResponded", "Tentative"), (Text(invited["myResponse"]), Text(invited["freeBusy"])));

        var answered = await Respond(invited, response);
        Assert.Equal(inExchange, Exchange.Mailbox("anna").Find(meeting)!.Fields.MyResponse);
        Assert.Equal(
            (myResponse, myResponse, freeBusy),
            (Text(answered["response"]), Text(answered["event"]!["myResponse"]), Text(answered["event"]!["freeBusy"])));
        var shown = Assert.Single(await Calendar());
        Assert.Equal(answered["event"]!.ToJsonString(), shown.ToJsonString());
        Assert.Equal(shown.ToJsonString(), (await Api.Ok(HttpMethod.Get, Event(shown))).ToJsonString());
    }

    [Fact]
    public async Task A_declined_meeting_leaves_the_calendar_and_its_time_is_free()
    {
        Exchange.Outlook("anna").Adds(Invitation());
        await Api.Sync("anna");
        var invited = Assert.Single(await Calendar());
        var answered = await Respond(invited, "Decline");
        Assert.Equal(("Declined", null), (Text(answered["response"]), answered["event"]));
        Assert.Empty(await Calendar());
        Assert.Equal("Decline", Exchange.Mailbox("anna").DeletedItems.Single().Fields.MyResponse);
        await Refused(invited, HttpStatusCode.NotFound, "event-not-found");
    }

    [Fact]
    public async Task Many_declined_meetings_are_no_accident_for_the_deletion_fuse()
    {
        for (var day = 0; day < 12; day++) Exchange.Outlook("anna").Adds(Invitation(day));
        await Api.Sync("anna");
        foreach (var invited in await Calendar()) await Respond(invited, "Decline");
        Assert.Empty(await Calendar());
        Assert.Empty((await Api.Staff("anna"))["warnings"]!.AsArray());
    }

    [Fact]
    public async Task One_occurrence_is_answered_and_then_the_whole_series()
    {
        Exchange.Outlook("anna").AddsSeries(Invitation(), new DailyPattern(1), occurrences: 4);
        await Api.Sync("anna");
        var occurrences = await Calendar();
        Assert.Equal(["NotResponded", "NotResponded", "NotResponded", "NotResponded"], Responses(occurrences));

        await Respond(occurrences[1], "Decline");
        Assert.Equal([Nine, Nine.AddDays(2), Nine.AddDays(3)], (await Calendar()).Select(e => e["start"]!.GetValue<DateTimeOffset>()));
        await Respond(occurrences[2], "Tentative");
        Assert.Equal(["NotResponded", "Tentative", "NotResponded"], Responses(await Calendar()));

        var answered = await Respond(occurrences[0], "Accept", "Series");
        Assert.Equal("Accepted", Text(answered["event"]!["myResponse"]));
        Assert.Equal(["Accepted", "Tentative", "Accepted"], Responses(await Calendar()));

        await Respond(occurrences[3], "Decline", "Series");
        Assert.Empty(await Calendar());
    }

    [Fact]
    public async Task An_answer_can_be_changed()
    {
        Exchange.Outlook("anna").Adds(Invitation());
        await Api.Sync("anna");
        await Respond(Assert.Single(await Calendar()), "Accept");
        await Respond(Assert.Single(await Calendar()), "Tentative");
        Assert.Equal("Tentative", Text(Assert.Single(await Calendar())["freeBusy"]));
    }

    [Fact]
    public async Task Ones_own_event_and_a_cancelled_meeting_cannot_be_answered()
    {
        Exchange.Outlook("anna").Adds(Invitation() with { Organizer = null });
        var meeting = Exchange.Outlook("anna").Adds(Invitation(day: 1));
        await Api.Sync("anna");
        var calendar = await Calendar();
        Assert.Equal(["Organizer", "NotResponded"], Responses(calendar));
        await Refused(calendar[0], HttpStatusCode.Conflict, "meeting-is-their-own");

        Exchange.Outlook("anna").SeesCancelled(meeting);
        await Refused(calendar[1], HttpStatusCode.Conflict, "meeting-is-cancelled");
        Assert.Equal("Organizer", Text(Assert.Single(await Calendar())["myResponse"])); // the refusal has brought the calendar up to date
    }

    [Fact]
    public async Task A_response_whose_answer_was_lost_is_read_and_not_sent_again()
    {
        Exchange.Outlook("anna").Adds(Invitation());
        await Api.Sync("anna");
        Exchange.Exchange.Faults.Next(new Fault.AbortAfterEffect(), "CreateItem");
        var invited = Assert.Single(await Calendar());
        Assert.Equal("Accepted", Text((await Respond(invited, "Accept"))["event"]!["myResponse"]));
        await Respond(invited, "Accept");
        Assert.Equal(1, Exchange.Exchange.Requests.Count("CreateItem"));
    }

    [Fact]
    public async Task A_response_that_never_arrived_is_told_and_can_be_repeated()
    {
        Exchange.Outlook("anna").Adds(Invitation());
        await Api.Sync("anna");
        Exchange.Exchange.Faults.Next(new Fault.AbortBeforeEffect(), "CreateItem");
        var invited = Assert.Single(await Calendar());
        await Refused(invited, HttpStatusCode.ServiceUnavailable, "exchange-is-unreachable");
        Assert.Equal("Accepted", Text((await Respond(invited, "Accept"))["response"]));
    }

    [Fact]
    public async Task A_meeting_that_an_assistant_touched_just_then_is_answered_under_its_new_key()
    {
        Exchange.Outlook("anna").Adds(Invitation());
        await Api.Sync("anna");
        Exchange.Exchange.Faults.Next(new Fault.StaleChangeKey(), "CreateItem");
        Assert.Equal("Accepted", Text((await Respond(Assert.Single(await Calendar()), "Accept"))["response"]));
    }

    [Theory]
    [InlineData("ErrorCalendarIsDelegatedForAccept", "response-was-refused")]
    [InlineData("ErrorCalendarMeetingRequestIsOutOfDate", "response-was-refused")]
    [InlineData("ErrorAccessDenied", "response-was-refused")]
    [InlineData("ErrorCalendarIsOrganizerForAccept", "meeting-is-their-own")]
    [InlineData("ErrorCalendarIsCancelledForAccept", "meeting-is-cancelled")]
    public async Task What_Exchange_refuses_of_one_meeting_says_why_and_leaves_the_link_healthy(string code, string problem)
    {
        Exchange.Outlook("anna").Adds(Invitation());
        await Api.Sync("anna");
        Exchange.Exchange.Faults.Next(new Fault.Response(code), "CreateItem");
        await Refused(Assert.Single(await Calendar()), HttpStatusCode.Conflict, problem);
        Assert.Equal("Syncing", Text((await Api.Staff("anna"))["state"]));
    }

    [Fact]
    public async Task A_delegate_with_Editor_answers_for_the_owner_and_an_Author_is_told_what_is_missing()
    {
        var account = Exchange.Exchange.Organisation.AddAccount("delegate@contoso.example", "Correct-Horse-8");
        Exchange.Exchange.Organisation.AddMailbox(Organisation.Address("bert"));
        Exchange.Exchange.Organisation.GrantFolderRights(account, Organisation.Address("bert"), FolderLevel.Author);
        var integration = await Api.Connect(
            Exchange.Exchange.EwsUrl, userName: "delegate@contoso.example", password: "Correct-Horse-8", impersonation: false);
        await Api.Authorize(integration);
        await Api.Link(integration, "bert");
        Exchange.Outlook("bert").Adds(Invitation());
        await Api.Sync("bert");
        var invited = (await Api.Calendar("bert", Nine.AddDays(-1), Nine.AddDays(30))).Single();
        var (status, problem) = await Api.Send(HttpMethod.Post, Event(invited, "bert") + "/response", new { response = "Accept" });
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:response-was-refused"), (status, Text(problem!["type"])));

        Exchange.Exchange.Organisation.GrantFolderRights(account, Organisation.Address("bert"), FolderLevel.Editor);
        var answered = await Api.Ok(HttpMethod.Post, Event(invited, "bert") + "/response", new { response = "Accept" });
        Assert.Equal("Accepted", Text(answered["event"]!["myResponse"]));
    }

    private static EventDraft Invitation(int day = 0) =>
        new("Review", Nine.AddDays(day), Nine.AddDays(day).AddHours(1)) { TimeZoneId = "UTC", Organizer = Boss };

    private Task<IReadOnlyList<JsonNode>> Calendar() => Api.Calendar("anna", Nine.AddDays(-1), Nine.AddDays(30));

    private Task<JsonNode> Respond(JsonNode entry, string response, string? scope = null) =>
        Api.Ok(HttpMethod.Post, Event(entry) + "/response", scope is null ? new { response } : new { response, scope });

    private async Task Refused(JsonNode entry, HttpStatusCode expected, string problem)
    {
        var (status, body) = await Api.Send(HttpMethod.Post, Event(entry) + "/response", new { response = "accept" });
        Assert.Equal((expected, $"urn:cleansync:{problem}"), (status, Text(body!["type"])));
    }

    private static string Event(JsonNode entry, string staff = "anna") => $"staff/{staff}/calendar/events/{Text(entry["id"])}";

    private static IEnumerable<string?> Responses(IEnumerable<JsonNode> entries) => entries.Select(e => Text(e["myResponse"]));

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
