using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Certificates;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

public sealed class TrustStories : IAsyncLifetime
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly TestAuthority authority = new(TimeProvider.System);
    private readonly CleanSyncHost host = new();
    private X509Certificate2 certificate = null!;
    private SimulatedExchange exchange = null!;

    public async ValueTask InitializeAsync()
    {
        certificate = authority.Issue(["127.0.0.1"]);
        exchange = await SimulatedExchange.StartAsync(
            new SimulatorOptions
            {
                Urls = "https://127.0.0.1:0",
                Certificate = certificate,
                ExtendedProtection = ExtendedProtection.Require
            },
            ct);
        exchange.Organisation.GrantImpersonation(exchange.Organisation.AddAccount(Organisation.AccountName, Organisation.Password));
        exchange.Organisation.AddMailbox(Organisation.Address("anna"));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await exchange.DisposeAsync();
        certificate.Dispose();
        authority.Dispose();
    }

    [Fact]
    public async Task An_authority_is_entered_with_the_integration_and_read_back_with_its_fingerprint_and_expiry()
    {
        var api = host.Client(ct);
        var made = await api.Ok(HttpMethod.Post, "integrations", Settings(exchange.EwsUrl, authority.Pem));
        var read = Assert.Single(made["authorities"]!.AsArray())!;
        Assert.Equal(("CN=Contoso Test Root", authority.Sha256), (read["subject"]!.GetValue<string>(), read["sha256"]!.GetValue<string>()));
        Assert.True(read["notAfter"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow());
        Assert.Equal("Active", (await api.Authorize(made["id"]!.GetValue<Guid>()))["integration"]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_changed_trust_needs_the_password_is_tried_with_one_logon_and_a_mistaken_one_changes_nothing()
    {
        var api = host.Client(ct);
        var id = (await api.Ok(HttpMethod.Post, "integrations", Settings(exchange.EwsUrl, authority.Pem)))["id"]!.GetValue<Guid>();
        await api.Link(id, "anna");
        await api.Authorize(id);
        await api.Sync("anna");
        var stored = (await api.Integration(id)).ToJsonString();

        var right = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        var (_, problem) = await Change(api, id, pin: right, password: null);
        Assert.Equal("urn:cleansync:password-is-needed", problem!["type"]!.GetValue<string>());
        Assert.Contains("authorityCertificates, pinnedCertificate", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        (_, problem) = await Change(api, id, pin: new string('a', 64), Organisation.Password);
        Assert.Equal("urn:cleansync:new-connection-does-not-work", problem!["type"]!.GetValue<string>());
        Assert.Equal(stored, (await api.Integration(id)).ToJsonString());

        var (_, changed) = await Change(api, id, pin: right, Organisation.Password);
        Assert.Equal(("Active", right), (changed!["status"]!.GetValue<string>(), changed["pinnedCertificate"]!.GetValue<string>()));
        await api.Sync("anna");
        Assert.Equal(0, exchange.Organisation.Account(Organisation.AccountName).FailedLogons);
    }

    [Fact]
    public async Task A_proxy_that_opens_TLS_is_diagnosed_with_one_logon_and_the_integration_says_so()
    {
        using var own = authority.Issue(["127.0.0.1"]);
        await using var proxy = TlsProxy.Start(own, exchange.BaseUrl, certificate);
        var api = host.Client(ct);
        var id =
            (await api.Ok(HttpMethod.Post, "integrations", Settings(new Uri(proxy.Url, "/EWS/Exchange.asmx"), authority.Pem)))["id"]!
                .GetValue<Guid>();
        var (status, problem) = await api.TryAuthorize(id);
        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:cleansync:credential-or-extended-protection-refused"),
            (status, problem!["type"]!.GetValue<string>()));
        var read = await api.Ok(HttpMethod.Get, $"integrations/{id}");
        Assert.Equal("CredentialRefused", read["status"]!.GetValue<string>());
        Assert.Contains("Extended Protection", read["statusReason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(1, exchange.Organisation.Account(Organisation.AccountName).FailedLogons);
    }

    [Fact]
    public async Task Outside_development_a_name_that_stands_for_this_machine_is_refused()
    {
        await using var strict = new CleanSyncHost().With("Connection:AllowLocalAddresses", "false");
        var api = strict.Client(ct);
        var id =
            (await api.Ok(HttpMethod.Post, "integrations",
                Settings(new Uri($"https://localhost:{exchange.BaseUrl.Port}/EWS/Exchange.asmx"), authority.Pem)))["id"]!.GetValue<Guid>();
        var (status, problem) = await api.TryAuthorize(id);
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:address-is-refused"), (status, problem!["type"]!.GetValue<string>()));
        Assert.Equal(0, exchange.Requests.Count());
    }

    [Fact]
    public async Task Authorities_need_their_root_and_go_with_no_pin()
    {
        var api = host.Client(ct);
        var (status, problem) = await api.Send(
            HttpMethod.Post, "integrations", Settings(exchange.EwsUrl, certificate.ExportCertificatePem()));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(
            "root certificate is missing", problem!["errors"]!["authorityCertificates"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        (_, problem) = await api.Send(HttpMethod.Post, "integrations", Settings(exchange.EwsUrl, authority.Pem, new string('a', 64)));
        Assert.Contains("either", problem!["errors"]!["pinnedCertificate"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private Task<(HttpStatusCode Status, JsonNode? Body)> Change(CleanSyncClient api, Guid id, string pin, string? password)
    {
        var settings = Settings(exchange.EwsUrl, null, pin);
        settings["password"] = password;
        return api.TryChange(id, settings);
    }

    private static JsonObject Settings(Uri address, string? authorities, string? pin = null) => new()
    {
        ["displayName"] = "Head office",
        ["serverAddress"] = address.ToString(),
        ["authentication"] = "Ntlm",
        ["userName"] = Organisation.AccountName,
        ["password"] = Organisation.Password,
        ["exchangeVersion"] = "Exchange2016",
        ["useImpersonation"] = true,
        ["showEventTitles"] = true,
        ["horizonMonths"] = 12,
        ["reminderMinutes"] = 15,
        ["authorityCertificates"] = authorities,
        ["pinnedCertificate"] = pin,
    };
}
