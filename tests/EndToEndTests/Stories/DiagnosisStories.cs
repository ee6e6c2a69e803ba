using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The connection doctor through the API: what it says of a saved integration and of one that is not saved yet.</summary>
public sealed class DiagnosisStories
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_password_is_sent_once_then_not_while_it_counts_as_refused_and_once_more_when_the_admin_asks()
    {
        await using var exchange = await Organisation.Start([.. Staff(50)]);
        await using var host = new CleanSyncHost();
        var api = host.Client(Ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl, password: "wrong");
        foreach (var member in Staff(50)) await api.Link(integration, member);
        var account = exchange.Exchange.Organisation.Account(Organisation.AccountName);

        var first = await Diagnose(api, integration);
        Assert.Equal(
            (1, "Logon", "credential-refused"), (account.FailedLogons, Text(first, "cause"), Text(Step(first, "Logon"), "problem")));
        Assert.Equal("CredentialRefused", Text(await api.Ok(HttpMethod.Get, $"integrations/{integration}"), "status"));

        var second = await Diagnose(api, integration);
        Assert.Equal(1, account.FailedLogons);
        Assert.Contains(
            "was not sent, because it counts as refused since 20", Text(Step(second, "Logon"), "meaning"), StringComparison.Ordinal);
        Assert.NotNull(second["circuit"]!["since"]);
        Assert.Contains("refused the password", Text(second["circuit"]!, "reason"), StringComparison.Ordinal);
        Assert.Equal(
            ("Skipped", "Logon"), (Text(Step(second, "StaffRights"), "state"), Text(Step(second, "StaffRights"), "skippedBecauseOf")));

        await Diagnose(api, integration, new { tryCredential = true });
        Assert.Equal(2, account.FailedLogons);
        Assert.DoesNotContain(api.Answers, answer => answer.Contains("\"wrong\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_password_that_works_again_is_told_so_and_the_integration_stays_stopped_until_it_is_authorized()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(Ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl, password: "Later-9");
        await api.Link(integration, "anna");
        await Diagnose(api, integration);
        exchange.Exchange.Organisation.Account(Organisation.AccountName).Password = "Later-9";

        var report = await Diagnose(api, integration, new { tryCredential = true });
        Assert.Equal("Warning", Text(Step(report, "Logon"), "state"));
        Assert.Equal("Passed", Text(Step(report, "StaffRights"), "state"));
        Assert.Equal("CredentialRefused", Text(await api.Ok(HttpMethod.Get, $"integrations/{integration}"), "status"));
        await api.Authorize(integration);
        Assert.Null((await Diagnose(api, integration))["circuit"]);
    }

    [Fact]
    public async Task Twenty_staff_members_are_tried_evenly_spread_over_all_or_as_many_as_are_asked_for()
    {
        await using var exchange = await Organisation.Start([.. Staff(50)]);
        await using var host = new CleanSyncHost();
        var api = host.Client(Ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        foreach (var member in Staff(50)) await api.Link(integration, member);

        var tried = Step(await Diagnose(api, integration), "StaffRights")["mailboxes"]!.AsArray().Select(m => Text(m!, "staffId")).ToList();
        Assert.Equal((20, "staff00", "staff47"), (tried.Count, tried[0], tried[^1]));
        Assert.All(tried.Zip(tried.Skip(1)), pair => Assert.InRange(Number(pair.Second) - Number(pair.First), 2, 3));
        Assert.Equal(3, Step(await Diagnose(api, integration, new { sampleSize = 3 }), "StaffRights")["mailboxes"]!.AsArray().Count);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await api.Send(HttpMethod.Post, $"integrations/{integration}/diagnosis", new { sampleSize = 101 })).Status);
    }

    [Fact]
    public async Task Before_saving_the_same_fields_are_looked_at_and_nothing_is_saved_or_said_of_the_password()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        exchange.Exchange.Organisation.DenyImpersonation(
            exchange.Exchange.Organisation.Account(Organisation.AccountName), Organisation.Address("bert"));
        await using var host = new CleanSyncHost();
        var api = host.Client(Ct);
        object Body(string password, params string[] mailboxes) => new
        {
            displayName = "Head office",
            serverAddress = exchange.Exchange.EwsUrl,
            authentication = "Ntlm",
            userName = Organisation.AccountName,
            password,
            exchangeVersion = "Exchange2016",
            useImpersonation = true,
            showEventTitles = false,
            mailboxes,
        };

        var report = await api.Ok(
            HttpMethod.Post,
            "integrations/diagnosis",
            Body(Organisation.Password, Organisation.Address("anna"), Organisation.Address("bert")));
        Assert.Equal(("StaffRights", "impersonation-right-missing"), (Text(report, "cause"), Text(Step(report, "StaffRights"), "problem")));
        Assert.Contains(
            "-Members 'bert@contoso.example'",
            report.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
            StringComparison.Ordinal);
        Assert.Empty((await api.Ok(HttpMethod.Get, "integrations")).AsArray());
        await api.Ok(HttpMethod.Post, "integrations/diagnosis", Body("Secret-Wrong-3", [.. Staff(50).Select(Organisation.Address)]));
        Assert.Equal(1, exchange.Exchange.Organisation.Account(Organisation.AccountName).FailedLogons);
        Assert.All(
            new[] { Organisation.Password, "Secret-Wrong-3" },
            secret => Assert.DoesNotContain(secret, host.Logs.Text + string.Concat(api.Answers), StringComparison.Ordinal));
    }

    private static Task<JsonNode> Diagnose(CleanSyncClient api, Guid integration, object? how = null) =>
        api.Ok(HttpMethod.Post, $"integrations/{integration}/diagnosis", how ?? new { });

    private static JsonNode Step(JsonNode report, string name) => report["steps"]!.AsArray().Single(s => Text(s!, "name") == name)!;

    private static string? Text(JsonNode node, string field) => node[field]?.GetValue<string>();

    private static IEnumerable<string> Staff(int many) => Enumerable.Range(0, many).Select(i => $"staff{i:00}");

    private static int Number(string? staff) => int.Parse(staff![5..], System.Globalization.CultureInfo.InvariantCulture);
}
