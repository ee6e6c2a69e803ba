using System.Net;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

[Collection(nameof(OneApi))]
public sealed class StaffStories(ApiHost host)
{
    [Fact]
    public async Task A_new_link_is_made_and_the_same_again_is_changed()
    {
        var first = await Link("lina");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("/api/v1/staff/lina", first.Headers.Location?.ToString());
        Assert.Equal(
            ("Warning", "integration-is-not-authorized"), ((await first.Json()).Text("state"), (await first.Json()).Text("problem")));
        var again = await Link("lina", address: null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Null((await again.Json())["mailboxAddress"]);
    }

    [Fact]
    public async Task A_link_needs_an_integration_that_exists()
    {
        var answer = await host.Caller()
            .PutAsync("/api/v1/staff/x/link", Bodies.Sent(Bodies.Link(Guid.NewGuid().ToString())), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("urn:cleansync:integration-not-found", (await answer.Json()).Text("type"));
    }

    [Fact]
    public async Task Syncing_is_switched_off_and_on()
    {
        await Link("switched");
        Assert.False((await Switch("switched", false))["enabled"]!.GetValue<bool>());
        Assert.True((await Switch("switched", true))["enabled"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_list_counts_and_can_be_limited_to_an_integration()
    {
        await Link("listed");
        var all = await (await host.Caller().GetAsync("/api/v1/staff?limit=200&search=anna", TestContext.Current.CancellationToken)).Json();
        Assert.Contains(all["links"]!.AsArray(), l => l!.Text("staffId") == "listed");
        var none = await (
            await host.Caller().GetAsync($"/api/v1/staff?integrationId={Guid.NewGuid()}", TestContext.Current.CancellationToken)).Json();
        Assert.Empty(none["links"]!.AsArray());
        Assert.Equal(0, none["warning"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("2030-06-03T00:00:00%2B02:00")]
    [InlineData("2030-06-03T00:00:00+02:00")]
    [InlineData("2030-06-02T22:00:00Z")]
    public async Task A_calendar_is_read_from_an_instant_however_it_is_written(string from)
    {
        await Link("reader");
        await host.Caller().PostAsync("/api/v1/appointments", Bodies.Sent(Bodies.Booking("reader")), TestContext.Current.CancellationToken);
        var answer = await host.Caller()
            .GetAsync($"/api/v1/staff/reader/calendar?from={from}&to=2030-06-04T00:00:00Z", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var entry = (await answer.Json())["entries"]!.AsArray()[0]!;
        Assert.Equal(
            ("Appointment", "Haircut", "2030-06-03T07:30:00Z", "Queued"),
            (entry.Text("kind"), entry.Text("title"), entry.Text("start"), entry.Text("syncState")));
    }

    private async Task<HttpResponseMessage> Link(string staffId, string? address = "")
    {
        var made = await host.Caller()
            .PostAsync("/api/v1/integrations", Bodies.Sent(Bodies.Integration()), TestContext.Current.CancellationToken);
        var body = Bodies.Link((await made.Json()).Text("id"), address is "" ? $"{staffId}@contoso.example" : address);
        return await host.Caller().PutAsync($"/api/v1/staff/{staffId}/link", Bodies.Sent(body), TestContext.Current.CancellationToken);
    }

    private async Task<System.Text.Json.Nodes.JsonObject> Switch(string staffId, bool enabled)
    {
        var body = Bodies.Sent($$"""{ "enabled": {{(enabled ? "true" : "false")}}, "copies": "Keep" }""");
        return await (
            await host.Caller().PutAsync($"/api/v1/staff/{staffId}/link/enabled", body, TestContext.Current.CancellationToken)).Json();
    }
}
