using System.Net;
using System.Text.Json.Nodes;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

[Collection(nameof(OneApi))]
public sealed class IntegrationStories(ApiHost host)
{
    [Fact]
    public async Task Connecting_answers_with_the_address_and_version_of_the_integration()
    {
        var answer = await Connect();
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("\"1\"", answer.Headers.ETag?.Tag);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var read = await host.Caller().GetAsync(answer.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal("\"1\"", read.Headers.ETag?.Tag);
        Assert.Equal((await answer.Json()).ToJsonString(), (await read.Json()).ToJsonString());
        Assert.Equal("Draft", (await read.Json()).Text("status"));
    }

    [Fact]
    public async Task The_password_is_in_no_answer() =>
        Assert.DoesNotContain(
            "correct horse",
            await (await Connect()).Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

    [Fact]
    public async Task Horizon_and_reminder_have_defaults()
    {
        var body = Bodies.Integration();
        body.Remove("horizonMonths");
        body.Remove("reminderMinutes");
        var made = await (await Post("/api/v1/integrations", body)).Json();
        Assert.Equal((12, 15), (made["horizonMonths"]!.GetValue<int>(), made["reminderMinutes"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("\"1\"", HttpStatusCode.OK)]
    [InlineData("W/\"1\"", HttpStatusCode.OK)]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("\"0\"", HttpStatusCode.PreconditionFailed)]
    public async Task A_change_holds_only_for_the_version_it_names(string? ifMatch, HttpStatusCode expected)
    {
        var body = Bodies.Integration("Contoso branch");
        body.Remove("password");
        var request = new HttpRequestMessage(HttpMethod.Put, (await Connect()).Headers.Location) { Content = Bodies.Sent(body) };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        var answer = await host.Caller().SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        if (expected is HttpStatusCode.OK) Assert.Equal("\"2\"", answer.Headers.ETag?.Tag);
        else Assert.Equal("urn:cleansync:changed-meanwhile", (await answer.Json()).Text("type"));
    }

    [Fact]
    public async Task Authorizing_reports_and_activates()
    {
        host.Exchange.Failure = null;
        var made = await (await Connect()).Json();
        var report = await (await Post($"/api/v1/integrations/{made.Text("id")}/authorize", null)).Json();
        Assert.Equal("Active", report["integration"]!.Text("status"));
        Assert.True(report["accountHasMailbox"]!.GetValue<bool>());
        Assert.Empty(report["staff"]!.AsArray());
    }

    [Fact]
    public async Task A_refused_password_is_a_problem_and_stops_the_integration()
    {
        host.Exchange.Failure = new CalendarFailure(
            FailureReach.Integration, new CredentialRefused("svc-booking@contoso.example"))
        { Meaning = FailureMeaning.CredentialRefused };
        var made = await (await Connect()).Json();
        var answer = await Post($"/api/v1/integrations/{made.Text("id")}/authorize", null);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("urn:cleansync:credential-refused", (await answer.Json()).Text("type"));
        var read = await (
            await host.Caller().GetAsync($"/api/v1/integrations/{made.Text("id")}", TestContext.Current.CancellationToken)).Json();
        Assert.Equal("CredentialRefused", read.Text("status"));
    }

    [Fact]
    public async Task The_versions_say_what_newer_servers_choose()
    {
        var list = await host.Caller().GetStringAsync("/api/v1/integrations/versions", TestContext.Current.CancellationToken);
        Assert.Contains("\"Exchange2016\"", list, StringComparison.Ordinal);
        Assert.Contains("Exchange 2019 and later", list, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> Connect() => Post("/api/v1/integrations", Bodies.Integration());

    private Task<HttpResponseMessage> Post(string path, JsonNode? body) =>
        host.Caller().PostAsync(path, body is null ? null : Bodies.Sent(body), TestContext.Current.CancellationToken);
}
