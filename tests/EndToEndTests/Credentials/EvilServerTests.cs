using System.Text.Json.Nodes;
using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.ExchangeSimulator.Certificates;
using Xunit;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>Whatever an admin's key sends to any endpoint, no byte of a logon reaches a host that the password was not given for.</summary>
public sealed class EvilServerTests : IAsyncLifetime
{
    private static readonly string[] Bound = ["serverAddress", "authentication", "userName", "authorityCertificates", "pinnedCertificate"];
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private EvilNetwork network = null!;
    private CleanSyncClient api = null!;
    private EvilTargets targets = null!;
    private EvilBackground background = null!;

    public async ValueTask InitializeAsync()
    {
        network = await EvilNetwork.Start(ct);
        api = network.Host.Client(ct);
        (targets, background) = (new EvilTargets(network, api, ct), new EvilBackground(network, api, ct));
    }

    public ValueTask DisposeAsync() => network.DisposeAsync();

    [Fact]
    public async Task A_stored_password_goes_nowhere_else_whatever_an_admin_key_sends_in_whatever_status()
    {
        using var other = new TestAuthority(TimeProvider.System, "Another Root");
        var requests = EvilRequests.All(network.EvilPin, other.Pem);
        Assert.True(requests.Count >= 40);
        Dictionary<string, IReadOnlyList<string>> called = [];
        List<string> reached = [];
        foreach (var status in Enum.GetValues<IntegrationStatus>())
        {
            var target = await targets.In(status);
            Assert.Equal(status.ToString(), target.Status);
            foreach (var request in requests) reached.AddRange(await Tried(request, target));

            await RunsBehind(target);
        }

        // With the password back, what was left goes on.
        var unreadable = await targets.In(IntegrationStatus.PasswordUnreadable, "again");
        foreach (var request in requests) reached.AddRange(await Tried(request, unreadable));
        await targets.Mend(unreadable);
        await RunsBehind(unreadable with { Status = "Mended" });

        Assert.True(reached.Count == 0, string.Join('\n', reached));
        Assert.Contains("Listening", called["Active"]);
        Assert.Contains(nameof(DisconnectIntegrations), called["Disconnecting"]);
        Assert.NotEmpty(called["Mended"]);

        // Whatever an accepted request may have left behind comes out by itself.
        async Task RunsBehind(Target target)
        {
            var before = network.Evil.Logons.Count;
            called[target.Status] = await background.Runs(target);
            reached.AddRange(network.Evil.Logons.Skip(before).Select(l => $"in the background ({target.Status}): {l}"));
        }
    }

    /// <summary>What should not have happened.</summary>
    private async Task<IReadOnlyList<string>> Tried(EvilRequest request, Target target)
    {
        var before = network.Evil.Logons.Count;
        var (status, body) = await api.Send(request.Method, request.Path(target), request.Body(target));
        List<string> wrong = [.. network.Evil.Logons.Skip(before).Select(l => $"{request.Name} ({target.Status}): {l}")];
        if ((int)status >= 500 && (int)status != 503) wrong.Add($"{request.Name} ({target.Status}): {(int)status} {body}");
        var stored = await api.Settings(target.Id);
        wrong.AddRange(Bound.Where(f => !JsonNode.DeepEquals(stored[f], target.Settings[f])).Select(
            f => $"{request.Name} ({target.Status}) changed {f}"));
        return wrong;
    }

    [Fact]
    public async Task Every_request_of_the_contract_that_changes_something_is_in_the_table_or_named_as_one_that_leads_nowhere_else()
    {
        var target = new Target("Draft", Guid.Empty, "anna", "bert", "svc", []);
        var contract = JsonNode.Parse(
            await network.Host.CreateClient().GetStringAsync(new Uri("swagger/v1/swagger.json", UriKind.Relative), ct))!;
        var unknown = contract["paths"]!.AsObject()
            .SelectMany(p => p.Value!.AsObject().Select(o => (Verb: o.Key.ToUpperInvariant(), Path: p.Key["/api/v1/".Length..])))
            .Where(o => o.Verb is "PUT" or "POST" or "DELETE" or "PATCH")
            .Where(o => !EvilRequests.OnlyByWhatIsStored.Contains($"{o.Verb} {o.Path}"))
            .Where(o => !EvilRequests.All("", "").Any(r => r.Method.Method == o.Verb && Fits(r.Path(target), o.Path)))
            .Select(o => $"{o.Verb} {o.Path}");
        Assert.Empty(unknown);
    }

    [Fact]
    public async Task With_the_password_typed_the_same_requests_reach_the_server_that_it_was_typed_for()
    {
        const string evil = "https://evil.example/EWS/Exchange.asmx";
        var id = await targets.Connect("svc-control@contoso.example");
        await api.Authorize(id);
        var settings = await api.Settings(id);
        var draft = await targets.Connect("svc-drafted@contoso.example");
        var drafted = await api.Settings(draft);

        await Reaches("a change", HttpMethod.Put, $"integrations/{id}", EvilRequests.With(
            settings, ("serverAddress", evil), ("password", "Typed-1"), ("tryAnyway", true)));
        await Reaches("to Basic", HttpMethod.Put, $"integrations/{id}", EvilRequests.With(
            settings, ("serverAddress", evil), ("authentication", "Basic"), ("password", "Typed-2"), ("tryAnyway", true)));
        Assert.EndsWith("Basic svc-control@contoso.example:Typed-2", network.Evil.Logons[^1], StringComparison.Ordinal);
        await Reaches("to plain http", HttpMethod.Put, $"integrations/{id}", EvilRequests.With(
            settings, ("serverAddress", "http://evil.example/EWS/Exchange.asmx"), ("password", "Typed-3"), ("tryAnyway", true)));
        await Reaches("another port", HttpMethod.Put, $"integrations/{id}", EvilRequests.With(
            settings, ("serverAddress", "https://mail.contoso.example:8443/EWS/Exchange.asmx"), ("password", "Typed-4"), (
            "tryAnyway", true)));
        await Reaches("a search again", HttpMethod.Post, $"integrations/{id}/discovery",
            new JsonObject { ["mailAddress"] = "svc@evil.example", ["password"] = "Typed-5", ["tryAnyway"] = true });
        await Reaches("hosts", HttpMethod.Post, $"integrations/{id}/discovery",
            new JsonObject
            {
                ["allowedHosts"] = new JsonArray("evil.example"),
                ["password"] = DiscoverableExchange.Password,
                ["tryAnyway"] = true
            });
        await Reaches("a first search", HttpMethod.Post, "server-discoveries", new JsonObject
        {
            ["userName"] = "svc@evil.example",
            ["password"] = "Typed-6",
            ["authorityCertificates"] = network.Contoso.Authority,
            ["tryAnyway"] = true,
        });
        await Reaches("a diagnosis", HttpMethod.Post, "integrations/diagnosis", EvilRequests.With(
            settings, ("serverAddress", evil), ("password", "Typed-7"), ("tryAnyway", true)));
        await api.Ok(HttpMethod.Put, $"integrations/{draft}", EvilRequests.With(
            drafted, ("serverAddress", evil), ("authentication", "Basic"), ("password", "Typed-8")));
        await Reaches("a draft that is authorized", HttpMethod.Post, $"integrations/{draft}/authorize", null);
        Assert.EndsWith("Basic svc-drafted@contoso.example:Typed-8", network.Evil.Logons[^1], StringComparison.Ordinal);
    }

    private static bool Fits(string path, string template)
    {
        var (parts, names) = (path.Split('?')[0].Split('/'), template.Split('/'));
        return parts.Length == names.Length && parts.Zip(names).All(p => p.Second.StartsWith('{') || p.First == p.Second);
    }

    private async Task Reaches(string name, HttpMethod method, string path, JsonNode? body)
    {
        var before = network.Evil.Logons.Count;
        var (status, answer) = await api.Send(method, path, body);
        Assert.True(network.Evil.Logons.Count > before, $"{name}: {status} {answer}");
    }
}
