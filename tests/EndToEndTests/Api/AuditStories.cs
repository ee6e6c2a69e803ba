using System.Net;
using System.Text.Json.Nodes;
using CleanSync.Api.ExchangeIntegrations;
using CleanSync.Application.AuditLog;
using CleanSync.EndToEndTests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>What the audit log says of admin actions; each story has a host, and so a log, of its own.</summary>
public sealed class AuditStories : IDisposable
{
    private readonly ApiHost host = new();

    [Fact]
    public async Task What_was_done_is_there_with_who_when_before_and_after()
    {
        var id = await Connect();
        var change = Bodies.Integration("Contoso branch");
        change["password"] = "the second secret";
        await Send(HttpMethod.Put, $"/api/v1/integrations/{id}", change);

        var entries = await Entries($"?subject=integration/{id}");
        Assert.Equal(["ChangeIntegration", "ConnectExchange"], entries.Select(e => e.Text("action")));
        var (changed, connected) = (entries[0], entries[1]);
        Assert.Equal(("Contoso HQ", "Contoso branch"), (changed["before"]!.Text("displayName"), changed["after"]!.Text("displayName")));
        Assert.Equal(("Done", "a new password was given"), (changed.Text("outcome"), changed.Text("note")));
        Assert.Equal(("ApiKey", "Admin"), (changed["actor"]!.Text("kind"), changed["actor"]!.Text("name")));
        Assert.Null(connected["before"]);
        Assert.Equal("Contoso HQ", connected["after"]!.Text("displayName"));
        Assert.True(string.CompareOrdinal(connected.Text("at"), changed.Text("endedAt")) < 0);
    }

    [Fact]
    public async Task No_secret_is_in_the_log()
    {
        var id = await Connect();
        var key = (await (await Send(HttpMethod.Post, "/api/v1/api-keys", JsonNode.Parse("""{ "name": "x", "role": "Admin" }"""))).Json()).Text("key");
        await Send(HttpMethod.Put, "/api/v1/staff/anna/link", Bodies.Link(id));
        var log = await host.Caller().GetStringAsync("/api/v1/audit-log", TestContext.Current.CancellationToken);
        Assert.Contains("CreateApiKey", log, StringComparison.Ordinal);
        Assert.All(["correct horse", key[^43..], "Password"], secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_refused_is_there_with_its_reason()
    {
        await Send(HttpMethod.Put, $"/api/v1/integrations/{Guid.NewGuid()}", Bodies.Integration());
        var invalid = Bodies.Integration();
        invalid["displayName"] = "";
        await Send(HttpMethod.Post, "/api/v1/integrations", invalid);
        var entries = await Entries();
        Assert.Equal(["urn:cleansync:invalid-request", "urn:cleansync:integration-not-found"], entries.Select(e => e.Text("refusal")));
        Assert.All(entries, e => Assert.Equal("Refused", e.Text("outcome")));
        Assert.Equal("integration", entries[0].Text("subject"));
    }

    [Fact]
    public async Task A_token_is_named_by_its_subject()
    {
        var token = host.Issuer.Token(TimeProvider.System.GetUtcNow());
        await host.Bearer(token)
            .PostAsync("/api/v1/integrations", Bodies.Sent(Bodies.Integration()), TestContext.Current.CancellationToken);
        var entry = Assert.Single(await Entries("?actor=user-7"));
        Assert.Equal(("Token", "Ada Admin"), (entry["actor"]!.Text("kind"), entry["actor"]!.Text("name")));
        Assert.Empty(await Entries("?actor=user-8"));
    }

    [Fact]
    public async Task Pages_hold_every_action_once_the_newest_first()
    {
        for (var i = 0; i < 7; i++) await Connect();
        var all = await Entries();
        var paged = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page =
                await (await host.Caller()
                    .GetAsync(
                        $"/api/v1/audit-log?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}", TestContext.Current.CancellationToken))
                    .Json();
            paged.AddRange(page["entries"]!.AsArray().Select(e => e!));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        Assert.Equal(7, all.Count);
        Assert.Equal(all.Select(e => e.Text("id")), paged.Select(e => e.Text("id")));
        Assert.Equal(all.Select(e => e.Text("at")).OrderDescending(StringComparer.Ordinal), all.Select(e => e.Text("at")));
    }

    [Fact]
    public async Task A_span_of_time_leaves_the_others_out()
    {
        await Connect();
        await Connect();
        var times = (await Entries()).Select(e => e.Text("at")).ToList();
        Assert.Equal(times[..1], (await Entries($"?from={times[0]}")).Select(e => e.Text("at")));
        Assert.Equal(times[1..], (await Entries($"?to={times[0]}")).Select(e => e.Text("at")));
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=201", "limit")]
    [InlineData("?cursor=next", "cursor")]
    [InlineData("?from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z", "to")]
    public async Task A_question_that_makes_no_sense_is_refused(string query, string field)
    {
        var answer = await host.Caller().GetAsync("/api/v1/audit-log" + query, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal([field], (await answer.Json())["errors"]!.AsObject().Select(e => e.Key));
    }

    [Fact]
    public async Task What_cannot_be_logged_is_not_done()
    {
        await using var broken = Logging(entries: 0);
        Assert.Equal(HttpStatusCode.InternalServerError, await ConnectTo(broken));
        Assert.Equal("[]", await Admin(broken).GetStringAsync("/api/v1/integrations", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_done_and_could_not_be_logged_to_its_end_stands_there_as_unfinished()
    {
        await using var broken = Logging(entries: 1);
        Assert.Equal(HttpStatusCode.InternalServerError, await ConnectTo(broken));
        var log = await (await Admin(broken).GetAsync("/api/v1/audit-log", TestContext.Current.CancellationToken)).Json();
        var entry = Assert.Single(log["entries"]!.AsArray())!;
        Assert.Equal(("ConnectExchange", "Unfinished"), (entry.Text("action"), entry.Text("outcome")));
        Assert.Null(entry["endedAt"]);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("10.0.0.0/8", "203.0.113.7")]
    [InlineData("192.0.2.1", "")]
    public async Task The_callers_address_is_taken_from_trusted_proxies_only(string trusted, string expected)
    {
        await using var behind = host.WithWebHostBuilder(b =>
        {
            b.UseSetting("Proxies:Trusted", trusted);
            b.ConfigureTestServices(s => s.AddSingleton<IStartupFilter>(new FromProxy("10.0.0.4")));
        });
        using var caller = Admin(behind);
        caller.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.66, 203.0.113.7");
        await caller.PostAsync("/api/v1/integrations", Bodies.Sent(Bodies.Integration()), TestContext.Current.CancellationToken);
        var log = await (await caller.GetAsync("/api/v1/audit-log", TestContext.Current.CancellationToken)).Json();
        Assert.Equal(expected.Length > 0 ? expected : "10.0.0.4", log["entries"]!.AsArray()[0]!["actor"]!.Text("from"));
    }

    public void Dispose() => host.Dispose();

    private async Task<string> Connect() =>
        (await (await Send(HttpMethod.Post, "/api/v1/integrations", Bodies.Integration())).Json()).Text("id");

    private Task<HttpResponseMessage> Send(HttpMethod method, string path, JsonNode? body) =>
        host.Caller().SendAsync(
            new HttpRequestMessage(method, path) { Content = body is null ? null : Bodies.Sent(body) },
            TestContext.Current.CancellationToken);

    private async Task<List<JsonNode>> Entries(string query = "")
    {
        var answer = await host.Caller().GetAsync("/api/v1/audit-log" + query, TestContext.Current.CancellationToken);
        return [.. (await answer.Json())["entries"]!.AsArray().Select(e => e!)];
    }

    private WebApplicationFactory<NewIntegration> Logging(int entries) =>
        host.WithWebHostBuilder(b => b.ConfigureTestServices(s =>
        {
            var real = s.Single(d => d.ServiceType == typeof(IAuditLog)).ImplementationType!;
            s.AddSingleton(real);
            s.Replace(ServiceDescriptor.Singleton<IAuditLog>(p => new BreaksAfter(entries, (IAuditLog)p.GetRequiredService(real))));
        }));

    private static HttpClient Admin(WebApplicationFactory<NewIntegration> of)
    {
        var client = of.CreateClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.Admin);
        return client;
    }

    private static async Task<HttpStatusCode> ConnectTo(WebApplicationFactory<NewIntegration> of) =>
        (await Admin(of).PostAsync("/api/v1/integrations", Bodies.Sent(Bodies.Integration()),
            TestContext.Current.CancellationToken)).StatusCode;

    private sealed class BreaksAfter(int entries, IAuditLog real) : IAuditLog
    {
        private int written;

        public Task Append(AuditEntry entry, CancellationToken ct) =>
            Interlocked.Increment(ref written) > entries ? throw new InvalidOperationException("disk full") : real.Append(entry, ct);
    }

    /// <summary>Every call comes from this address, as the connection says.</summary>
    private sealed class FromProxy(string address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(go => http =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return go(http);
            });
            next(app);
        };
    }
}
