using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using Xunit;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>What a pass notes of the old password while an admin's change is tried stands in the way of no change.</summary>
public sealed class AdminsChangeStories : AccountStories
{
    [Theory]
    [InlineData("password")]
    [InlineData("settings")]
    [InlineData("authorize")]
    [InlineData("test")]
    public async Task The_admins_change_wins_over_what_a_pass_notes_of_the_old_password_meanwhile(string request)
    {
        var integration = await Api.Begin(Here, "anna", "Basic");
        var settings = await Api.Settings(integration);
        if (request is "password" or "settings")
        {
            // The first refusal of a password that was changed is no definite one yet.
            Here.Exchange.Faults.Next(new Fault.Soap("ErrorPasswordExpired"), "SyncFolderItems");
            settings["password"] = Organisation.Password;
        }
        else
        {
            Here.Exchange.Faults.Next(new Fault.Soap("ErrorPasswordChangeRequired"), "SyncFolderItems");
        }

        var answer = Here.Exchange.Faults.WithholdNext("GetFolder");
        var change = request switch
        {
            "password" => Api.Send(HttpMethod.Put, $"integrations/{integration}/password", new { password = Organisation.Password }),
            "settings" => Api.Send(HttpMethod.Put, $"integrations/{integration}", settings),
            _ => Api.Send(HttpMethod.Post, $"integrations/{integration}/{request}"),
        };
        await answer.Reached.WaitAsync(Ct);
        Assert.Equal("urn:cleansync:credential-refused", (await Api.TrySync("anna")).Body!["type"]!.GetValue<string>());
        Assert.Equal("CredentialRefused", (await Api.Integration(integration))["status"]!.GetValue<string>());
        answer.Release();

        var (status, body) = await change;
        Assert.True(status is HttpStatusCode.OK, $"{(int)status} {body}");
        Assert.Equal("Active", (await Api.Integration(integration))["status"]!.GetValue<string>());
        await Api.Sync("anna");
    }

    [Fact]
    public async Task Of_two_admins_who_read_the_same_version_the_second_is_told_so()
    {
        var integration = await Api.Begin(Here, "anna", "Basic");
        var version = (await Api.Integration(integration))["version"]!.GetValue<int>();
        var answer = Here.Exchange.Faults.WithholdNext("GetFolder");
        var first = Put(integration, version);
        await answer.Reached.WaitAsync(Ct);
        await Api.Ok(HttpMethod.Post, $"integrations/{integration}/pause", new { reason = "Update" });
        answer.Release();
        Assert.Equal(HttpStatusCode.PreconditionFailed, await first);
        Assert.Equal("Paused", (await Api.Integration(integration))["status"]!.GetValue<string>());
    }

    private async Task<HttpStatusCode> Put(Guid integration, int version)
    {
        using var http = Host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, $"api/v1/integrations/{integration}/password")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new JsonObject { ["password"] = Organisation.Password }),
        };
        request.Headers.Add("X-Api-Key", TestKeys.Admin);
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        using var response = await http.SendAsync(request, Ct);
        return response.StatusCode;
    }
}
