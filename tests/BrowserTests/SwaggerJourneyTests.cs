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
    private SwaggerPage swagger = null!;

    /// <summary>The key of an admin: the one place where these tests get it.</summary>
    private static string AdminKey => TestKeys.Admin;

    public async ValueTask InitializeAsync()
    {
        browser = await Browser.Start();
        exchange = await Organisation.Start("anna", "bert");
        exchange.Outlook("anna").Adds(new EventDraft("Dentist", TimeProvider.System.GetUtcNow().AddDays(1), TimeProvider.System.GetUtcNow().AddDays(1).AddHours(1)));
        cleanSync = new CleanSyncProcess(data, ct);
        await cleanSync.Start();
        swagger = new SwaggerPage(await browser.Page(), cleanSync.Address);
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
    public async Task An_admin_connects_checks_authorizes_and_sees_the_accounts_in_Swagger_UI()
    {
        await swagger.Open();
        var chapters = await swagger.Chapters();
        Assert.Equal("Exchange integrations", chapters[0]);
        Assert.Equal("Health", chapters[^1]);

        var (status, body) = await swagger.Try("get", "/api/v1/integrations/versions");
        Assert.Equal((401, "urn:cleansync:api-key-missing"), (status, body!["type"]!.GetValue<string>()));
        await swagger.Authorize(AdminKey);

        (status, body) = await swagger.Try("post", "/api/v1/integrations", change: example =>
        {
            example["serverAddress"] = exchange.Exchange.EwsUrl.AbsoluteUri;
            example["userName"] = Organisation.AccountName;
            example["password"] = Organisation.Password;
        });
        Assert.Equal(201, status);
        var id = body!["id"]!.GetValue<string>();

        foreach (var member in new[] { "anna", "bert", "carl" })
        {
            (status, _) = await swagger.Try("put", "/api/v1/staff/{staffId}/link", new() { ["staffId"] = member }, example =>
            {
                example["staffName"] = $"{char.ToUpperInvariant(member[0])}{member[1..]}";
                example["integrationId"] = id;
                example["mailboxAddress"] = Organisation.Address(member);
            });
            Assert.Equal(201, status);
        }

        // The doctor takes part as soon as the API has it.
        if (swagger.Knows("post", "/api/v1/integrations/{id}/diagnosis"))
        {
            (status, _) = await swagger.Try("post", "/api/v1/integrations/{id}/diagnosis", new() { ["id"] = id });
            Assert.Equal(200, status);
        }

        (status, body) = await swagger.Try("post", "/api/v1/integrations/{id}/authorize", new() { ["id"] = id });
        Assert.Equal((200, "Active"), (status, body!["integration"]!["status"]!.GetValue<string>()));
        Assert.Equal([null, null, "mailbox-not-found"], body["staff"]!.AsArray().OrderBy(Name, StringComparer.Ordinal).Select(s => s!["problem"]?.GetValue<string>()));

        (status, body) = await swagger.Try("get", "/api/v1/staff");
        Assert.Equal(200, status);
        Assert.Contains("Anna", body!.ToJsonString(), StringComparison.Ordinal);

        // What the browser itself complains of: the one answer 401 of the step without a key.
        Assert.All(swagger.Complaints, c => Assert.Contains("401", c, StringComparison.Ordinal));
    }

    private static string Name(JsonNode? staff) => staff!["staffName"]!.GetValue<string>();
}
