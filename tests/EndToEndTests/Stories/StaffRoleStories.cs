using System.Net;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>A staff credential opens one calendar, with a real meeting in it, and nobody else's.</summary>
public sealed class StaffRoleStories() : OfficeStory("anna", "bert")
{
    private static readonly DateTimeOffset Nine = Tomorrow.AddHours(9);
    private CleanSyncClient anna = null!;

    private protected override async Task Begin()
    {
        await Connect();
        foreach (var staff in new[] { "anna", "bert" })
        {
            await Api.Link(Integration, staff);
            Exchange.Outlook(staff).Adds(Invitation());
            await Api.Sync(staff);
        }

        var made = await Api.Ok(HttpMethod.Post, "api-keys", new { name = "Anna's phone", role = "Staff", staffId = "anna" });
        anna = Host.Client(Ct, made.Text("key"));
    }

    [Fact]
    public async Task Her_own_calendar_event_and_meeting_answer_are_hers()
    {
        var meeting = Assert.Single(await anna.Calendar("anna", Nine.AddHours(-1), Nine.AddHours(2)));
        Assert.Equal(meeting.Text("id"), (await anna.Ok(HttpMethod.Get, $"staff/anna/calendar/events/{meeting.Text("id")}")).Text("id"));
        var answered = await anna.Ok(
            HttpMethod.Post, $"staff/anna/calendar/events/{meeting.Text("id")}/response", new { response = "Accept" });
        Assert.Equal("Accepted", answered.Text("response"));
    }

    [Fact]
    public async Task Anothers_calendar_event_and_meeting_answer_are_refused()
    {
        var berts = Assert.Single(await Api.Calendar("bert", Nine.AddHours(-1), Nine.AddHours(2))).Text("id");
        await Refused(HttpMethod.Get, "staff/bert/calendar?from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z");
        await Refused(HttpMethod.Get, $"staff/bert/calendar/events/{berts}");
        await Refused(HttpMethod.Post, $"staff/bert/calendar/events/{berts}/response", new { response = "Decline" });
        await Refused(HttpMethod.Get, "staff/Anna/calendar?from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z");
        Assert.Equal("NotResponded", (await Api.Ok(HttpMethod.Get, $"staff/bert/calendar/events/{berts}")).Text("myResponse"));
    }

    [Fact]
    public async Task Anothers_event_is_not_found_behind_her_own_address()
    {
        var berts = Assert.Single(await Api.Calendar("bert", Nine.AddHours(-1), Nine.AddHours(2))).Text("id");
        Assert.Equal(HttpStatusCode.NotFound, (await anna.Send(HttpMethod.Get, $"staff/anna/calendar/events/{berts}")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await anna.Send(HttpMethod.Post, $"staff/anna/calendar/events/{berts}/response", new { response = "Decline" })).Status);
        Assert.Equal("NotResponded", (await Api.Ok(HttpMethod.Get, $"staff/bert/calendar/events/{berts}")).Text("myResponse"));
    }

    private async Task Refused(HttpMethod method, string path, object? body = null)
    {
        var (status, problem) = await anna.Send(method, path, body);
        Assert.Equal((HttpStatusCode.Forbidden, "urn:cleansync:calendar-is-anothers"), (status, problem!.Text("type")));
        Assert.Contains("'anna'", problem!.Text("detail"), StringComparison.Ordinal);
    }

    private static EventDraft Invitation() =>
        new("Review", Nine, Nine.AddHours(1)) { TimeZoneId = "UTC", Organizer = "boss@contoso.example" };
}
