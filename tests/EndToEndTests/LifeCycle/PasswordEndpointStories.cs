using System.Net;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>The password alone, at an address of its own.</summary>
public sealed class PasswordEndpointStories() : OfficeStory("anna")
{
    private protected override Task Begin() => Task.CompletedTask;

    [Fact]
    public async Task The_password_is_changed_alone_after_it_was_tried_once_and_sets_a_stopped_integration_going()
    {
        var integration = await Api.Begin(Exchange, "anna", "Basic");
        var account = Exchange.Exchange.Organisation.Account(Organisation.AccountName);
        var settings = (await Api.Settings(integration)).ToJsonString();

        account.Password = "New-Password-8";
        var (status, problem) = await Put(integration, new { password = "Wrong-Horse-1" });
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:new-password-is-refused"), (status, problem!["type"]!.GetValue<string>()));
        (status, problem) = await Put(integration, new { password = "" });
        Assert.Equal((HttpStatusCode.BadRequest, "password"), (status, problem!["errors"]!.AsObject().Single().Key));
        (status, _) = await Put(
            integration, new { password = "New-Password-8", serverAddress = "https://evil.example/EWS/Exchange.asmx" });
        Assert.Equal((HttpStatusCode.BadRequest, 1), (status, account.FailedLogons));
        (status, problem) = await Put(Guid.NewGuid(), new { password = "New-Password-8" });
        Assert.Equal((HttpStatusCode.NotFound, "urn:cleansync:integration-not-found"), (status, problem!["type"]!.GetValue<string>()));

        await Api.Ok(HttpMethod.Put, $"integrations/{integration}/password", new { password = "New-Password-8" });
        Assert.Equal(settings, (await Api.Settings(integration)).ToJsonString());
        Exchange.Exchange.Requests.Clear();
        await Api.Sync("anna");
        Assert.Equal((0, 1), (Exchange.Exchange.Requests.Count("FindItem"), account.FailedLogons)); // nothing is read again
        Assert.Contains(await Api.AuditLog(), e =>
            e["action"]!.GetValue<string>() == "ChangePassword" && e["note"]?.GetValue<string>() == "a new password was given");

        account.Password = "Changed-9";
        await Api.TrySync("anna");
        await Api.Send(HttpMethod.Post, $"integrations/{integration}/test"); // it worked a moment ago: one refusal does not count yet
        var stopped = await Api.Integration(integration);
        Assert.Equal("CredentialRefused", stopped["status"]!.GetValue<string>());
        Assert.Equal("Active", (
            await Api.Ok(HttpMethod.Put, $"integrations/{integration}/password",
            new { password = "Changed-9" }))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_draft_and_a_paused_integration_take_it_untried_and_an_old_version_is_refused()
    {
        var draft = await Api.Connect(Exchange.Exchange.EwsUrl, password: "Wrong-Horse-1");
        Assert.Equal("Draft", (
            await Api.Ok(HttpMethod.Put, $"integrations/{draft}/password",
            new { password = Organisation.Password }))["status"]!.GetValue<string>());
        Assert.Equal(0, Exchange.Exchange.Requests.Count());
        await Api.Authorize(draft);
        await Api.Ok(HttpMethod.Post, $"integrations/{draft}/pause", new { reason = "Update" });
        Exchange.Exchange.Requests.Clear();
        Assert.Equal("Paused", (
            await Api.Ok(HttpMethod.Put, $"integrations/{draft}/password",
            new { password = Organisation.Password }))["status"]!.GetValue<string>());
        Assert.Equal(0, Exchange.Exchange.Requests.Count());

        using var http = Host.CreateClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Put, $"api/v1/integrations/{draft}/password")
        {
            Content = System.Net.Http.Json.JsonContent.Create(
            new { password = "x" })
        };
        request.Headers.Add("X-Api-Key", TestKeys.Admin);
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await http.SendAsync(request, Ct)).StatusCode);
    }

    private Task<(HttpStatusCode Status, System.Text.Json.Nodes.JsonNode? Body)> Put(Guid integration, object body) =>
        Api.Send(HttpMethod.Put, $"integrations/{integration}/password", body);
}
