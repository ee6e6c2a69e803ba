using System.Net;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>Changing a live integration: what is new is tried before it replaces what works.</summary>
public sealed class ConnectionChangeStories() : OfficeStory("anna")
{
    private protected override Task Begin() => Task.CompletedTask;

    [Theory]
    [InlineData("exchangeVersion", "Exchange2013")]
    [InlineData("useImpersonation", "false")]
    [InlineData("serverAddress", "localhost")]
    [InlineData("displayName", "Another name")]
    public async Task A_change_needs_no_new_authorization_and_doubles_nothing(string setting, string value)
    {
        Exchange.Exchange.Organisation.IdsDependOnAccess = true;
        var account = await Running();
        Exchange.Exchange.Organisation.GrantFolderRights(
            account, Organisation.Address("anna"), ExchangeSimulator.Mailboxes.FolderLevel.Editor);
        var before = (await Shown(), Exchange.Snapshot("anna"));

        var settings = await Api.Settings(Integration);
        settings[setting] = value switch
        {
            "false" => false,
            "localhost" => Exchange.Exchange.EwsUrl.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            _ => value,
        };
        if (setting == "serverAddress")
        {
            var (status, problem) = await Api.TryChange(Integration, settings);
            Assert.Equal((HttpStatusCode.BadRequest, "urn:cleansync:password-is-needed"), (status, problem!["type"]!.GetValue<string>()));
            settings["password"] = Organisation.Password;
        }

        Assert.Equal("Active", (await Api.Ok(HttpMethod.Put, $"integrations/{Integration}", settings))["status"]!.GetValue<string>());
        await Api.Sync("anna");
        Assert.Equal(before.Item1, await Shown());
        Assert.Equal(before.Item2, Exchange.Snapshot("anna"));

        Exchange.Outlook("anna")
            .Moves(Exchange.Mailbox("anna").Calendar.Single(i => i.Fields.Subject == "Haircut").ItemId, Tomorrow.AddHours(16));
        await Api.Book(Tomorrow.AddHours(18), 1, "anna");
        await Eventually.Until("the new appointment is in Exchange", () => Exchange.Mailbox("anna").Calendar.Count == 3, Ct);
        await Api.Sync("anna");
        Assert.Equal(["Own 9", "Haircut 16", "Haircut 18"], await Shown());
        Assert.Equal(3, Exchange.Mailbox("anna").Calendar.Count);
        Assert.Empty((await Api.Staff("anna"))["warnings"]!.AsArray());
    }

    [Fact]
    public async Task A_connection_that_does_not_work_changes_nothing()
    {
        await Running();
        var stored = (await Api.Integration(Integration)).ToJsonString();
        var settings = await Api.Settings(Integration);
        settings["serverAddress"] = new Uri(Exchange.Exchange.BaseUrl, "/owa").ToString();
        var (status, problem) = await Api.TryChange(Integration, settings);
        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:cleansync:new-connection-does-not-work"), (status, problem!["type"]!.GetValue<string>()));
        settings["serverAddress"] = "http://127.0.0.1:9/EWS/Exchange.asmx";
        settings["password"] = Organisation.Password;
        (status, problem) = await Api.TryChange(Integration, settings);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "urn:cleansync:new-connection-is-unreachable"),
            (status, problem!["type"]!.GetValue<string>()));
        Assert.Equal(stored, (await Api.Integration(Integration)).ToJsonString());
        await Api.Sync("anna");
    }

    [Fact]
    public async Task A_wrong_new_password_is_tried_once_and_changes_nothing_and_a_right_one_never_resyncs()
    {
        var account = await Running();
        var settings = await Api.Settings(Integration);
        foreach (var wrong in new[] { "Wrong-Horse-1", "Wrong-Horse-2" })
        {
            settings["password"] = wrong;
            var failed = account.FailedLogons;
            var (status, problem) = await Api.TryChange(Integration, settings);
            Assert.Equal(
                (HttpStatusCode.Conflict, "urn:cleansync:new-password-is-refused"), (status, problem!["type"]!.GetValue<string>()));
            Assert.Equal(failed + 1, account.FailedLogons);
            await Api.Sync("anna");
            Assert.Equal("Active", (await Api.Integration(Integration))["status"]!.GetValue<string>());
        }

        account.Password = "New-Password-8";
        settings["password"] = "New-Password-8";
        Assert.Equal("urn:cleansync:too-many-wrong-passwords", (await Api.TryChange(Integration, settings))
            .Body!["type"]!.GetValue<string>());
        settings["tryAnyway"] = true;
        await Api.Ok(HttpMethod.Put, $"integrations/{Integration}", settings);
        Exchange.Exchange.Requests.Clear();
        await Api.Sync("anna");
        Assert.Equal((1, 2), (Exchange.Exchange.Requests.Count("SyncFolderItems"), account.FailedLogons));
        Assert.Equal(0, Exchange.Exchange.Requests.Count("FindItem"));
    }

    [Fact]
    public async Task A_test_sets_a_stopped_integration_going_again_without_a_resync_when_the_logon_works()
    {
        var account = await Running();
        account.Password = "Changed-by-mistake";
        await Api.TrySync("anna");
        for (var i = 0; i < 2; i++)
        {
            var (_, refused) = await Api.Send(HttpMethod.Post, $"integrations/{Integration}/test");
            Assert.Equal("urn:cleansync:credential-refused", refused!["type"]!.GetValue<string>());
        }

        Assert.Equal("CredentialRefused", (await Api.Integration(Integration))["status"]!.GetValue<string>());

        account.Password = Organisation.Password;
        var (status, problem) = await Api.Send(HttpMethod.Post, $"integrations/{Integration}/test");
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:too-many-wrong-passwords", 3), (
            status, problem!["type"]!.GetValue<string>(), account.FailedLogons));
        Assert.Equal("Active", (
            await Api.Ok(HttpMethod.Post, $"integrations/{Integration}/test",
            new { tryAnyway = true }))["integration"]!["status"]!.GetValue<string>());
        Exchange.Exchange.Requests.Clear();
        await Api.Sync("anna");
        Assert.Equal(0, Exchange.Exchange.Requests.Count("FindItem"));
    }

    private async Task<Account> Running()
    {
        Integration = await Api.Begin(Exchange, "anna", "Basic");
        Exchange.Outlook("anna").Adds(new EventDraft("Own", Tomorrow.AddHours(9), Tomorrow.AddHours(10)));
        await Api.Book(Tomorrow.AddHours(14), 1, "anna");
        await Eventually.Until("the appointment is in Exchange", () => Exchange.Mailbox("anna").Calendar.Count == 2, Ct);
        await Api.Sync("anna");
        return Exchange.Exchange.Organisation.Account(Organisation.AccountName);
    }

    private async Task<List<string>> Shown() =>
        [.. (await Api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1)))
            .Select(e => $"{e["title"]} {(e["start"]!.GetValue<DateTimeOffset>() - Tomorrow).TotalHours}")];
}
