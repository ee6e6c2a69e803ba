using System.Net;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>A staff credential opens one calendar, with a real meeting in it, and nobody else's.</summary>
public sealed class StaffRoleStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Nine =
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(9), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly CleanSyncHost host = new();
    private Organisation exchange = null!;
    private CleanSyncClient admin = null!;
    private CleanSyncClient anna = null!;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna", "bert");
        admin = host.Client(ct);
        var integration = await admin.Connect(exchange.Exchange.EwsUrl);
        await admin.Authorize(integration);
        foreach (var staff in new[] { "anna", "bert" })
        {
            await admin.Link(integration, staff);
            exchange.Outlook(staff).Adds(Invitation());
            await admin.Sync(staff);
        }

        var made = await admin.Ok(HttpMethod.Post, "api-keys", new { name = "Anna's phone", role = "Staff", staffId = "anna" });
        anna = host.Client(ct, made.Text("key"));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
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
        var berts = Assert.Single(await admin.Calendar("bert", Nine.AddHours(-1), Nine.AddHours(2))).Text("id");
        await Refused(HttpMethod.Get, "staff/bert/calendar?from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z");
        await Refused(HttpMethod.Get, $"staff/bert/calendar/events/{berts}");
        await Refused(HttpMethod.Post, $"staff/bert/calendar/events/{berts}/response", new { response = "Decline" });
        await Refused(HttpMethod.Get, "staff/Anna/calendar?from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z");
        Assert.Equal("NotResponded", (await admin.Ok(HttpMethod.Get, $"staff/bert/calendar/events/{berts}")).Text("myResponse"));
    }

    [Fact]
    public async Task Anothers_event_is_not_found_behind_her_own_address()
    {
        var berts = Assert.Single(await admin.Calendar("bert", Nine.AddHours(-1), Nine.AddHours(2))).Text("id");
        Assert.Equal(HttpStatusCode.NotFound, (await anna.Send(HttpMethod.Get, $"staff/anna/calendar/events/{berts}")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await anna.Send(HttpMethod.Post, $"staff/anna/calendar/events/{berts}/response", new { response = "Decline" })).Status);
        Assert.Equal("NotResponded", (await admin.Ok(HttpMethod.Get, $"staff/bert/calendar/events/{berts}")).Text("myResponse"));
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
