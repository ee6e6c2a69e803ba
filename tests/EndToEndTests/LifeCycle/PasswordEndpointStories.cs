using System.Net;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>The password alone, at an address of its own.</summary>
public sealed class PasswordEndpointStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_password_is_changed_alone_after_it_was_tried_once_and_sets_a_stopped_integration_going()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, "anna", "Basic");
        var account = exchange.Exchange.Organisation.Account(Organisation.AccountName);
        var settings = (await api.Settings(integration)).ToJsonString();

        account.Password = "New-Password-8";
        var (status, problem) = await Put(api, integration, new { password = "Wrong-Horse-1" });
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:new-password-is-refused"), (status, problem!["type"]!.GetValue<string>()));
        (status, problem) = await Put(api, integration, new { password = "" });
        Assert.Equal((HttpStatusCode.BadRequest, "password"), (status, problem!["errors"]!.AsObject().Single().Key));
        (status, _) = await Put(
            api, integration, new { password = "New-Password-8", serverAddress = "https://evil.example/EWS/Exchange.asmx" });
        Assert.Equal((HttpStatusCode.BadRequest, 1), (status, account.FailedLogons));
        (status, problem) = await Put(api, Guid.NewGuid(), new { password = "New-Password-8" });
        Assert.Equal((HttpStatusCode.NotFound, "urn:cleansync:integration-not-found"), (status, problem!["type"]!.GetValue<string>()));

        await api.Ok(HttpMethod.Put, $"integrations/{integration}/password", new { password = "New-Password-8" });
        Assert.Equal(settings, (await api.Settings(integration)).ToJsonString());
        exchange.Exchange.Requests.Clear();
        await api.Sync("anna");
        Assert.Equal((0, 1), (exchange.Exchange.Requests.Count("FindItem"), account.FailedLogons)); // nothing is read again
        Assert.Contains(await api.AuditLog(), e =>
            e["action"]!.GetValue<string>() == "ChangePassword" && e["note"]?.GetValue<string>() == "a new password was given");

        account.Password = "Changed-9";
        await api.TrySync("anna");
        await api.Send(HttpMethod.Post, $"integrations/{integration}/test"); // it worked a moment ago: one refusal does not count yet
        var stopped = await api.Integration(integration);
        Assert.Equal("CredentialRefused", stopped["status"]!.GetValue<string>());
        Assert.Equal("Active", (
            await api.Ok(HttpMethod.Put, $"integrations/{integration}/password",
            new { password = "Changed-9" }))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_draft_and_a_paused_integration_take_it_untried_and_an_old_version_is_refused()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var draft = await api.Connect(exchange.Exchange.EwsUrl, password: "Wrong-Horse-1");
        Assert.Equal("Draft", (
            await api.Ok(HttpMethod.Put, $"integrations/{draft}/password",
            new { password = Organisation.Password }))["status"]!.GetValue<string>());
        Assert.Equal(0, exchange.Exchange.Requests.Count());
        await api.Authorize(draft);
        await api.Ok(HttpMethod.Post, $"integrations/{draft}/pause", new { reason = "Update" });
        exchange.Exchange.Requests.Clear();
        Assert.Equal("Paused", (
            await api.Ok(HttpMethod.Put, $"integrations/{draft}/password",
            new { password = Organisation.Password }))["status"]!.GetValue<string>());
        Assert.Equal(0, exchange.Exchange.Requests.Count());

        using var http = host.CreateClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Put, $"api/v1/integrations/{draft}/password")
        {
            Content = System.Net.Http.Json.JsonContent.Create(
            new { password = "x" })
        };
        request.Headers.Add("X-Api-Key", TestKeys.Admin);
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await http.SendAsync(request, ct)).StatusCode);
    }

    private static Task<(HttpStatusCode Status, System.Text.Json.Nodes.JsonNode? Body)> Put(
        CleanSyncClient api, Guid integration, object body) =>
        api.Send(HttpMethod.Put, $"integrations/{integration}/password", body);
}
