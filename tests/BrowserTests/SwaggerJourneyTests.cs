using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.BrowserTests;

/// <summary>The admin's journey in a real browser, against the real executable and a simulated Exchange.</summary>
public sealed class SwaggerJourneyTests : IAsyncLifetime
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder data = new();
    private Browser browser = null!;
    private Organisation exchange = null!;
    private CleanSyncProcess cleanSync = null!;

    public async ValueTask InitializeAsync()
    {
        browser = await Browser.Start();
        exchange = await Organisation.Start("anna", "bert");
        exchange.Outlook("anna")
            .Adds(new EventDraft("Dentist", TimeProvider.System.GetUtcNow().AddDays(1), TimeProvider.System.GetUtcNow().AddDays(1)
                .AddHours(1)));
        cleanSync = new CleanSyncProcess(data, ct);
        await cleanSync.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is null) return; // skipped
        await browser.DisposeAsync();
        cleanSync.Dispose();
        await exchange.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task An_admin_connects_checks_previews_authorizes_and_sees_the_accounts_in_Swagger_UI()
    {
        var swagger = new SwaggerPage(await browser.Page(), cleanSync.Address, "journey");
        await swagger.Open();
        await swagger.Authorize(TestKeys.Admin);
        var (status, body) = await swagger.Try("get", "/api/v1/integrations/versions");
        Assert.Equal((200, 7), (status, body!["versions"]!.AsArray().Count));

        var id = await Connect(swagger);
        foreach (var member in new[] { "anna", "bert", "carl" }) await Link(swagger, member, id);

        (status, body) = await swagger.Try("post", "/api/v1/integrations/{id}/diagnosis", new() { ["id"] = id });
        var rights = body!["steps"]!.AsArray().Single(s => s!["name"]!.GetValue<string>() == "StaffRights")!;
        Assert.Equal((200, "Warning"), (status, rights["state"]!.GetValue<string>()));
        Assert.Contains("carl", rights["meaning"]!.GetValue<string>(), StringComparison.Ordinal);

        (status, body) = await swagger.Try("post", "/api/v1/integrations/{id}/preview", new() { ["id"] = id });
        Assert.Equal(200, status);
        Assert.StartsWith("1 events will appear", body!["summary"]!.GetValue<string>(), StringComparison.Ordinal);

        (status, body) = await swagger.Try("post", "/api/v1/integrations/{id}/authorize", new() { ["id"] = id });
        Assert.Equal((200, "Active"), (status, body!["integration"]!["status"]!.GetValue<string>()));
        Assert.Equal(
            [null, null, "mailbox-not-found"],
            body["staff"]!.AsArray().OrderBy(Name, StringComparer.Ordinal).Select(s => s!["problem"]?.GetValue<string>()));

        (status, body) = await swagger.Try("get", "/api/v1/staff");
        Assert.Equal((200, 3), (status, body!["links"]!.AsArray().Count));

        (status, body) = await swagger.Try("get", "/api/v1/audit-log");
        Assert.Equal(200, status);
        Assert.Contains("AuthorizeIntegration", body!["entries"]!.AsArray().Select(e => e!["action"]!.GetValue<string>()));
        Assert.Empty(swagger.Complaints);
    }

    [Fact]
    public async Task Who_may_not_call_reads_why()
    {
        var swagger = new SwaggerPage(await browser.Page(), cleanSync.Address, "refusals");
        await swagger.Open();
        var (status, body) = await swagger.Try("get", "/api/v1/integrations");
        Assert.Equal((401, "urn:cleansync:credential-missing"), (status, body!["type"]!.GetValue<string>()));
        Assert.Contains("choose Authorize", swagger.Shown, StringComparison.Ordinal);

        await swagger.Authorize(TestKeys.Admin);
        (status, body) = await swagger.Try("post", "/api/v1/api-keys"); // the example is a scheduler's
        Assert.Equal(201, status);
        await swagger.Authorize(body!["key"]!.GetValue<string>());

        (status, body) = await swagger.Try("get", "/api/v1/integrations");
        Assert.Equal((403, "urn:cleansync:role-may-not"), (status, body!["type"]!.GetValue<string>()));
        Assert.Contains("needs the role admin", swagger.Shown, StringComparison.Ordinal);
        Assert.All(swagger.Complaints, c => Assert.Matches("401|403", c));
    }

    private async Task<string> Connect(SwaggerPage swagger)
    {
        var (status, body) = await swagger.Try("post", "/api/v1/integrations", change: example =>
        {
            example["serverAddress"] = exchange.Exchange.EwsUrl.AbsoluteUri;
            example["userName"] = Organisation.AccountName;
            example["password"] = Organisation.Password;
        });
        Assert.Equal(201, status);
        Assert.DoesNotContain(Organisation.Password, swagger.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain(TestKeys.Admin, swagger.Shown, StringComparison.Ordinal);
        return body!["id"]!.GetValue<string>();
    }

    private static async Task Link(SwaggerPage swagger, string member, string integrationId)
    {
        var (status, _) = await swagger.Try("put", "/api/v1/staff/{staffId}/link", new() { ["staffId"] = member }, example =>
        {
            example["staffName"] = $"{char.ToUpperInvariant(member[0])}{member[1..]}";
            example["integrationId"] = integrationId;
            example["mailboxAddress"] = Organisation.Address(member);
        });
        Assert.Equal(201, status);
    }

    private static string Name(JsonNode? staff) => staff!["staffName"]!.GetValue<string>();
}
