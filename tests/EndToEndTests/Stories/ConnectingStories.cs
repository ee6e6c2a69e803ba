using System.Net;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

public sealed class ConnectingStories
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Ntlm", Organisation.AccountName)]
    [InlineData("Basic", Organisation.AccountName)]
    [InlineData("Ntlm", "CONTOSO\\svc-booking")]
    public async Task Right_after_authorisation_both_sides_are_filled(string scheme, string userName)
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        exchange.Outlook("anna").Adds(new EventDraft("Dentist", Tomorrow.AddHours(9), Tomorrow.AddHours(10)));
        var booked = await api.Book(Tomorrow.AddHours(12), 1, "anna");
        var integration = await api.Connect(exchange.Exchange.EwsUrl, scheme, userName);
        await api.Link(integration, "anna");

        var report = await api.Authorize(integration);
        Assert.Equal("Active", report["integration"]!["status"]!.GetValue<string>());
        await Eventually.Until(
            "the appointment is in Exchange", () => exchange.Mailbox("anna").View(Tomorrow, Tomorrow.AddDays(1)).Count == 2, ct);
        await Eventually.Until(
            "the event is in CleanSync", async () => (await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))).Count == 2, ct);
        Assert.Equal(
            ["Dentist", "Haircut"],
            (await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))).Select(e => e["title"]!.GetValue<string>()));
        await Eventually.Until(
            "the receipt says so",
            async () => (await api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>() is "Written" or "Confirmed",
            ct);
    }

    [Fact]
    public async Task While_Exchange_is_out_of_reach_the_node_is_ready_and_says_so_of_the_calendar()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        await api.Begin(exchange, "anna");
        exchange.Exchange.Faults.Next(new ExchangeSimulator.Faults.Fault.AbortBeforeEffect(), times: 1000);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.TrySync("anna")).Status);
        await Eventually.Until(
            "the list says so",
            async () => (await api.Staff("anna"))["lastError"]?["problem"]?.GetValue<string>() == "exchange-is-unreachable",
            ct);
        Assert.Equal(HttpStatusCode.OK, (await host.CreateClient().GetAsync(new Uri("health/ready", UriKind.Relative), ct)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_once_and_stops_everything_until_a_new_one_arrives()
    {
        await using var exchange = await Organisation.Start("anna", "bert");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl, password: "wrong");
        await api.Link(integration, "anna");
        await api.Link(integration, "bert");
        var (status, problem) = await api.TryAuthorize(integration);
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:credential-refused"), (status, problem!["type"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.Conflict, (await api.TrySync("anna")).Status);
        Assert.Equal(1, exchange.Exchange.Organisation.Account(Organisation.AccountName).FailedLogons);
        Assert.Equal("CredentialRefused", (await api.Ok(HttpMethod.Get, $"integrations/{integration}"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_password_that_expires_in_traffic_stops_the_integration_and_a_new_one_resumes_it_without_a_resync()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl, scheme: "Basic");
        await api.Link(integration, "anna");
        await api.Authorize(integration);
        await api.Sync("anna");
        var account = exchange.Exchange.Organisation.Account(Organisation.AccountName);
        account.Password = "New-Password-8";
        var (_, problem) = await api.TrySync("anna");
        Assert.Equal("urn:cleansync:logon-is-in-doubt", problem!["type"]!.GetValue<string>());
        (_, problem) = await api.Send(HttpMethod.Post, $"integrations/{integration}/test"); // an admin has it tried at once
        Assert.Equal("urn:cleansync:credential-refused", problem!["type"]!.GetValue<string>());
        Assert.Equal("urn:cleansync:integration-is-not-authorized", (await api.TrySync("anna")).Body!["type"]!.GetValue<string>());
        Assert.Equal(2, account.FailedLogons);

        var settings = await api.Settings(integration);
        settings["password"] = "New-Password-8";
        Assert.Equal("Active", (await api.Ok(HttpMethod.Put, $"integrations/{integration}", settings))["status"]!.GetValue<string>());
        await api.Sync("anna");
        exchange.Exchange.Requests.Clear();
        await api.Sync("anna");
        Assert.Equal(1, exchange.Exchange.Requests.CountExcludingHandshake);
    }

    [Fact]
    public async Task A_locked_account_is_named_as_locked()
    {
        await using var exchange = await Organisation.Start("anna");
        exchange.Exchange.Organisation.LockoutAfter = 1;
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        await api.TryAuthorize(await api.Connect(exchange.Exchange.EwsUrl, password: "wrong"));
        var (_, problem) = await api.TryAuthorize(await api.Connect(exchange.Exchange.EwsUrl));
        Assert.Equal("urn:cleansync:account-is-locked", problem!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unreachable_address_says_so()
    {
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var (status, problem) = await api.TryAuthorize(await api.Connect(new Uri("http://127.0.0.1:9/EWS/Exchange.asmx")));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "urn:cleansync:exchange-is-unreachable"), (status, problem!["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_address_that_is_not_Exchange_says_so()
    {
        await using var exchange = await Organisation.Start();
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var (_, problem) = await api.TryAuthorize(await api.Connect(new Uri(exchange.Exchange.BaseUrl, "/owa")));
        Assert.Equal("urn:cleansync:address-is-not-exchange", problem!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_mailbox_that_does_not_exist_is_a_warning_of_that_staff_member_only()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Link(integration, "anna");
        await api.Link(integration, "nobody");
        var staff = (await api.Authorize(integration))["staff"]!.AsArray().ToDictionary(s => s!["staffId"]!.GetValue<string>(), s => s!);
        Assert.Equal(
            ("Warning", "mailbox-not-found", "ErrorNonExistentMailbox"),
            (Text(staff["nobody"], "state"), Text(staff["nobody"], "problem"), Text(staff["nobody"], "exchangeCode")));
        Assert.Null(staff["anna"]["problem"]);
        var (status, problem) = await api.TrySync("nobody");
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:mailbox-not-found"), (status, Text(problem!, "type")));
    }

    [Fact]
    public async Task A_missing_impersonation_right_names_the_role_to_assign()
    {
        await using var exchange = await Organisation.Start("anna");
        exchange.Exchange.Organisation.RevokeImpersonation(exchange.Exchange.Organisation.Account(Organisation.AccountName));
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Link(integration, "anna");
        var staff = (await api.Authorize(integration))["staff"]![0]!;
        Assert.Equal(("Error", "impersonation-right-missing"), (Text(staff, "state"), Text(staff, "problem")));
        Assert.Contains("ApplicationImpersonation", Text(staff, "reason"), StringComparison.Ordinal);
        Assert.Equal("urn:cleansync:impersonation-right-missing", Text((await api.TrySync("anna")).Body!, "type"));
    }

    [Fact]
    public async Task A_scheme_that_the_server_does_not_offer_is_refused_before_a_password_is_sent()
    {
        await using var exchange = await SimulatedNtlmOnly();
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var (_, problem) = await api.TryAuthorize(await api.Connect(exchange.EwsUrl, scheme: "Basic"));
        Assert.Equal("urn:cleansync:scheme-is-not-offered", Text(problem!, "type"));
        Assert.All(exchange.Requests.All, r => Assert.Null(r.AuthorizationScheme));
    }

    [Fact]
    public async Task Two_links_to_one_mailbox_and_a_link_to_the_service_accounts_own_are_refused()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Link(integration, "anna");
        var (status, refused) = await api.Send(
            HttpMethod.Put,
            "staff/other/link",
            new { staffName = "o", integrationId = integration, mailboxAddress = "ANNA@Contoso.example", timeZone = "Europe/Berlin" });
        Assert.Equal((System.Net.HttpStatusCode.Conflict, "urn:cleansync:mailbox-is-linked-already"), (status, Text(refused!, "type")));
        exchange.Exchange.Organisation.AddAddress(Organisation.Address("anna"), Organisation.Address("alias"));
        await api.Link(integration, "other", Organisation.Address("alias"));
        await api.Link(integration, "robot", Organisation.AccountName);
        var problems = (await api.Authorize(integration))["staff"]!.AsArray().Select(s => s!["problem"]?.GetValue<string>()).Order();
        Assert.Equal([null, "mailbox-is-linked-already", "mailbox-is-the-service-accounts"], problems);
    }

    [Fact]
    public async Task A_calendar_of_another_integration_is_refused_too()
    {
        await using var exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var first = await api.Connect(exchange.Exchange.EwsUrl);
        await api.Link(first, "anna");
        await api.Authorize(first);
        var second = await api.Connect(exchange.Exchange.EwsUrl, scheme: "Basic");
        exchange.Exchange.Organisation.AddAddress(Organisation.Address("anna"), Organisation.Address("alias"));
        await api.Link(second, "twin", Organisation.Address("alias"));
        var staff = (await api.Authorize(second))["staff"]![0]!;
        Assert.Equal("mailbox-is-linked-already", Text(staff, "problem"));
    }

    private static Task<ExchangeSimulator.SimulatedExchange> SimulatedNtlmOnly() =>
        ExchangeSimulator.SimulatedExchange.StartAsync(
            new ExchangeSimulator.SimulatorOptions { Schemes = ExchangeSimulator.AuthenticationSchemes.Ntlm });

    private static string? Text(System.Text.Json.Nodes.JsonNode node, string field) => node[field]?.GetValue<string>();
}
