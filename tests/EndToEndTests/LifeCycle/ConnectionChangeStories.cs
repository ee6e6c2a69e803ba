using System.Net;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>Changing a live integration: what is new is tried before it replaces what works.</summary>
public sealed class ConnectionChangeStories
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exchangeVersion", "Exchange2013")]
    [InlineData("useImpersonation", "false")]
    [InlineData("serverAddress", "localhost")]
    [InlineData("displayName", "Another name")]
    public async Task A_change_needs_no_new_authorization_and_doubles_nothing(string setting, string value)
    {
        await using var exchange = await Organisation.Start("anna");
        exchange.Exchange.Organisation.IdsDependOnAccess = true;
        await using var host = new CleanSyncHost();
        var (api, integration, account) = await Running(host, exchange);
        exchange.Exchange.Organisation.GrantFolderRights(
            account, Organisation.Address("anna"), ExchangeSimulator.Mailboxes.FolderLevel.Editor);
        var before = (await Shown(api), exchange.Snapshot("anna"));

        var settings = await api.Settings(integration);
        settings[setting] = value switch
        {
            "false" => false,
            "localhost" => exchange.Exchange.EwsUrl.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            _ => value,
        };
        if (setting == "serverAddress")
        {
            var (status, problem) = await api.TryChange(integration, settings);
            Assert.Equal((HttpStatusCode.BadRequest, "urn:cleansync:password-is-needed"), (status, problem!["type"]!.GetValue<string>()));
            settings["password"] = Organisation.Password;
        }

        Assert.Equal("Active", (await api.Ok(HttpMethod.Put, $"integrations/{integration}", settings))["status"]!.GetValue<string>());
        await api.Sync("anna");
        Assert.Equal(before.Item1, await Shown(api));
        Assert.Equal(before.Item2, exchange.Snapshot("anna"));

        exchange.Outlook("anna")
            .Moves(exchange.Mailbox("anna").Calendar.Single(i => i.Fields.Subject == "Haircut").ItemId, Days.Tomorrow.AddHours(16));
        await api.Book(Days.Tomorrow.AddHours(18), 1, "anna");
        await Eventually.Until("the new appointment is in Exchange", () => exchange.Mailbox("anna").Calendar.Count == 3, ct);
        await api.Sync("anna");
        Assert.Equal(["Own 9", "Haircut 16", "Haircut 18"], await Shown(api));
        Assert.Equal(3, exchange.Mailbox("anna").Calendar.Count);
        Assert.Empty((await api.Staff("anna"))["warnings"]!.AsArray());
    }

    [Fact]
    public async Task A_connection_that_does_not_work_changes_nothing()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var (api, integration, _) = await Running(host, exchange);
        var stored = (await api.Integration(integration)).ToJsonString();
        var settings = await api.Settings(integration);
        settings["serverAddress"] = new Uri(exchange.Exchange.BaseUrl, "/owa").ToString();
        var (status, problem) = await api.TryChange(integration, settings);
        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:cleansync:new-connection-does-not-work"), (status, problem!["type"]!.GetValue<string>()));
        settings["serverAddress"] = "http://127.0.0.1:9/EWS/Exchange.asmx";
        settings["password"] = Organisation.Password;
        (status, problem) = await api.TryChange(integration, settings);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "urn:cleansync:new-connection-is-unreachable"),
            (status, problem!["type"]!.GetValue<string>()));
        Assert.Equal(stored, (await api.Integration(integration)).ToJsonString());
        await api.Sync("anna");
    }

    [Fact]
    public async Task A_wrong_new_password_is_tried_once_and_changes_nothing_and_a_right_one_never_resyncs()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var (api, integration, account) = await Running(host, exchange);
        var settings = await api.Settings(integration);
        foreach (var wrong in new[] { "Wrong-Horse-1", "Wrong-Horse-2" })
        {
            settings["password"] = wrong;
            var failed = account.FailedLogons;
            var (status, problem) = await api.TryChange(integration, settings);
            Assert.Equal(
                (HttpStatusCode.Conflict, "urn:cleansync:new-password-is-refused"), (status, problem!["type"]!.GetValue<string>()));
            Assert.Equal(failed + 1, account.FailedLogons);
            await api.Sync("anna");
            Assert.Equal("Active", (await api.Integration(integration))["status"]!.GetValue<string>());
        }

        account.Password = "New-Password-8";
        settings["password"] = "New-Password-8";
        Assert.Equal("urn:cleansync:too-many-wrong-passwords", (await api.TryChange(integration, settings))
            .Body!["type"]!.GetValue<string>());
        settings["tryAnyway"] = true;
        await api.Ok(HttpMethod.Put, $"integrations/{integration}", settings);
        exchange.Exchange.Requests.Clear();
        await api.Sync("anna");
        Assert.Equal((1, 2), (exchange.Exchange.Requests.Count("SyncFolderItems"), account.FailedLogons));
        Assert.Equal(0, exchange.Exchange.Requests.Count("FindItem"));
    }

    [Fact]
    public async Task A_test_sets_a_stopped_integration_going_again_without_a_resync_when_the_logon_works()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var (api, integration, account) = await Running(host, exchange);
        account.Password = "Changed-by-mistake";
        await api.TrySync("anna");
        for (var i = 0; i < 2; i++)
        {
            var (_, refused) = await api.Send(HttpMethod.Post, $"integrations/{integration}/test");
            Assert.Equal("urn:cleansync:credential-refused", refused!["type"]!.GetValue<string>());
        }

        Assert.Equal("CredentialRefused", (await api.Integration(integration))["status"]!.GetValue<string>());

        account.Password = Organisation.Password;
        var (status, problem) = await api.Send(HttpMethod.Post, $"integrations/{integration}/test");
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:too-many-wrong-passwords", 3), (
            status, problem!["type"]!.GetValue<string>(), account.FailedLogons));
        Assert.Equal("Active", (
            await api.Ok(HttpMethod.Post, $"integrations/{integration}/test",
            new { tryAnyway = true }))["integration"]!["status"]!.GetValue<string>());
        exchange.Exchange.Requests.Clear();
        await api.Sync("anna");
        Assert.Equal(0, exchange.Exchange.Requests.Count("FindItem"));
    }

    private async Task<(
        CleanSyncClient Api,
        Guid Integration,
        ExchangeSimulator.Accounts.Account Account)> Running(CleanSyncHost host, Organisation exchange)
    {
        var api = host.Client(ct);
        var integration = await api.Begin(exchange, "anna", "Basic");
        exchange.Outlook("anna").Adds(new EventDraft("Own", Days.Tomorrow.AddHours(9), Days.Tomorrow.AddHours(10)));
        await api.Book(Days.Tomorrow.AddHours(14), 1, "anna");
        await Eventually.Until("the appointment is in Exchange", () => exchange.Mailbox("anna").Calendar.Count == 2, ct);
        await api.Sync("anna");
        return (api, integration, exchange.Exchange.Organisation.Account(Organisation.AccountName));
    }

    private static async Task<List<string>> Shown(CleanSyncClient api) =>
        [.. (await api.Calendar("anna", Days.Tomorrow, Days.Tomorrow.AddDays(1)))
            .Select(e => $"{e["title"]} {(e["start"]!.GetValue<DateTimeOffset>() - Days.Tomorrow).TotalHours}")];
}
