using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

/// <summary>What the audit log says was asked for, refused or not, and who may not ask.</summary>
public sealed class AuditAskedStories : IDisposable
{
    private const string Nobody = "0199d2c4-7a52-7b1e-9c55-0d4b8a1f6e21";

    private readonly ApiHost host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_asked_for_is_there_before_and_after_refused_or_not_and_cut()
    {
        var refused = Bodies.Integration();
        refused["serverAddress"] = "http://svc:S3cret@evil.example:8080/S3cret?S3cret#S3cret";
        refused["authentication"] = "Basic";
        refused["userName"] = "CONTOSO\\svc-booking";
        refused["pinnedCertificate"] = new string('A', 64);
        Assert.Equal(HttpStatusCode.BadRequest, await Send(HttpMethod.Post, "/api/v1/integrations", refused));
        var asked = (await Latest())["asked"]!["settings"]!;
        Assert.Equal(
            ("http://evil.example:8080", "Basic", "CONTOSO\\svc-booking", new string('A', 64)),
            (asked.Text("serverAddress"), asked.Text("authentication"), asked.Text("userName"), asked["trust"]!.Text("pin")));

        var search =
            new JsonObject
            {
                ["mailAddress"] = "svc@evil.example",
                ["allowedHosts"] = new JsonArray("https://svc:S3cret@evil.example/S3cret", "hosting.example")
            };
        Assert.Equal(HttpStatusCode.BadRequest, await Send(HttpMethod.Post, $"/api/v1/integrations/{Nobody}/discovery", search));
        var entry = await Latest();
        Assert.Equal(("Refused", "svc@evil.example"), (entry.Text("outcome"), entry["asked"]!.Text("mailAddress")));
        Assert.Equal(
            ["https://evil.example", "hosting.example"], entry["asked"]!["allowedHosts"]!.AsArray().Select(h => h!.GetValue<string>()));

        var created = Bodies.Integration();
        Assert.Equal(HttpStatusCode.Created, await Send(HttpMethod.Post, "/api/v1/integrations", created));
        entry = await Latest();
        var id = entry["after"]!.Text("id");
        Assert.Equal(("Done", "https://mail.contoso.example"), (entry.Text("outcome"), entry["asked"]!["settings"]!.Text("serverAddress")));
        Assert.Equal("https://mail.contoso.example/EWS/Exchange.asmx", entry["after"]!.Text("serverAddress"));

        await Send(HttpMethod.Put, "/api/v1/staff/anna/link", Bodies.Link(id));
        await Send(HttpMethod.Put, "/api/v1/staff/anna/link", Bodies.Link(id, "adler@contoso.example"));
        entry = await Latest();
        Assert.Equal(
            ("anna@contoso.example", "adler@contoso.example", "adler@contoso.example", "Anna Adler"),
            (
                entry["before"]!.Text("mailboxAddress"),
                entry["asked"]!.Text("mailboxAddress"),
                entry["after"]!.Text("mailboxAddress"),
                entry["asked"]!.Text("staffName")));

        var log = await host.Caller().GetStringAsync("/api/v1/audit-log", Ct);
        Assert.All(["S3cret", "correct horse"], secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
        var database = await File.ReadAllTextAsync(Path.Combine(host.Folder, "cleansync.db-wal"), Ct);
        Assert.DoesNotContain("S3cret", database, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dry_runs_say_that_they_are_such()
    {
        await Send(HttpMethod.Post, "/api/v1/integrations", Bodies.Integration());
        var id = (await Latest())["after"]!.Text("id");
        foreach (var (path, body, dry, outcome) in new (string, string?, bool, string)[]
        {
            ("preview", null, true, "DryRun"),
            ("disconnect", "{}", true, "DryRun"),
            ("disconnect", """{"displayName":"another"}""", false, "Refused"),
            ("authorize?estimate=true", null, false, "Done"),
            ("disconnect", """{"displayName":"Contoso HQ"}""", false, "Done"),
        })
        {
            await Send(HttpMethod.Post, $"/api/v1/integrations/{id}/{path}", body is null ? null : JsonNode.Parse(body));
            var entry = await Latest();
            Assert.Equal((path, dry, outcome), (path, entry["dryRun"]!.GetValue<bool>(), entry.Text("outcome")));
            if (path.StartsWith("authorize", StringComparison.Ordinal))
                Assert.Contains("dry run", entry.Text("note"), StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Every operation of the document that changes something and is for admins only, so that a new one cannot be forgotten.
    /// </summary>
    [Fact]
    public async Task A_token_without_a_subject_may_do_nothing_that_is_audited()
    {
        using var nameless = host.Bearer(host.Issuer.Token(TimeProvider.System.GetUtcNow(), subject: null));
        using var blank = host.Bearer(host.Issuer.Token(TimeProvider.System.GetUtcNow(), subject: " "));
        using var named = host.Bearer(host.Issuer.Token(TimeProvider.System.GetUtcNow()));
        foreach (var operation in Contract.Operations.Where(o => o is { NeedsKey: true, Method: not "GET" }))
        {
            var logged = (await Entries()).Count;
            using var as7 = await named.SendAsync(operation.Request(), Ct);
            if ((await Entries()).Count == logged) continue;
            foreach (var caller in new[] { nameless, blank })
            {
                using var answer = await caller.SendAsync(operation.Request(), Ct);
                Assert.Equal((operation.Id, HttpStatusCode.Forbidden), (operation.Id, answer.StatusCode));
                Assert.Equal("urn:cleansync:subject-is-missing", (await answer.Json()).Text("type"));
            }

            Assert.Equal(logged + 1, (await Entries()).Count);
        }

        Assert.True((await Entries()).Count >= 15);
        Assert.Equal(HttpStatusCode.OK, (await nameless.GetAsync("/api/v1/integrations", Ct)).StatusCode);
        Assert.Equal(
            HttpStatusCode.Created, (await nameless.PostAsync("/api/v1/appointments", Bodies.Sent(Bodies.Booking()), Ct)).StatusCode);
    }

    public void Dispose() => host.Dispose();

    private async Task<HttpStatusCode> Send(HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Bodies.Sent(body) };
        return (await host.Caller().SendAsync(request, Ct)).StatusCode;
    }

    private async Task<JsonNode> Latest() => (await Entries())[0]!;

    private async Task<JsonArray> Entries() =>
        (await (await host.Caller().GetAsync("/api/v1/audit-log?limit=200", Ct)).Json())["entries"]!.AsArray();
}
