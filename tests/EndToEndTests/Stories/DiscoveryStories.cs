using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.Infrastructure.Exchange.Autodiscover;
using CleanSync.Infrastructure.Exchange.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The admin who knows an account and no address. The node has the rules of production, and the network is pretended.</summary>
public sealed class DiscoveryStories : IAsyncLifetime
{
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private DiscoverableExchange contoso = null!;
    private CleanSyncHost host = null!;
    private CleanSyncClient api = null!;

    public async ValueTask InitializeAsync()
    {
        contoso = await DiscoverableExchange.StartAsync(cancellationToken: ct);
        contoso.Network.Publish("mail.contoso.example");
        host = new CleanSyncHost
        {
            Replaced = services => services
                .Replace(ServiceDescriptor.Singleton<ResolveName>(contoso.Network.Resolve))
                .Replace(ServiceDescriptor.Singleton<DialAddress>(contoso.Network.Dial))
                .Replace(ServiceDescriptor.Singleton<FindServiceRecords>((_, _) => Task.FromResult<IReadOnlyList<ServiceRecord>>([]))),
        }.With("Connection:AllowPlainHttp", "false").With("Connection:AllowLocalAddresses", "false");
        api = host.Client(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await contoso.DisposeAsync();
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Ntlm")]
    public async Task The_server_address_is_found_from_the_account_confirmed_and_works(string scheme)
    {
        contoso.Host("autodiscover.contoso.example");
        var report = await api.Ok(HttpMethod.Post, "server-discoveries", Question(scheme));
        var address = report["serverAddress"]!.GetValue<string>();
        Assert.Equal("https://mail.contoso.example/EWS/Exchange.asmx", address);
        Assert.Empty((await api.Ok(HttpMethod.Get, "integrations")).AsArray()); // nothing is saved
        var id = await Connect(address, scheme: scheme);
        Assert.Equal("Active", (await api.Authorize(id))["integration"]!["status"]!.GetValue<string>());
        Assert.Equal(0, contoso.Account.FailedLogons);
        Assert.All(
            api.Answers.Append(host.Logs.Text),
            text => Assert.DoesNotContain(DiscoverableExchange.Password, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_outside_the_mail_domain_is_named_and_asked_once_the_admin_allows_it()
    {
        contoso.Host("autodiscover.hosting.example");
        contoso.Host("autodiscover.contoso.example").Always = new AutodiscoverAnswer
            .ToUrl("https://autodiscover.hosting.example/autodiscover/autodiscover.svc");
        var report = await api.Ok(HttpMethod.Post, "server-discoveries", Question());
        Assert.Null(report["serverAddress"]);
        Assert.Contains(
            Steps(report), s => s.Outcome == "NotAllowed" && s.Detail.Contains("outside contoso.example", StringComparison.Ordinal));
        var allowed = report["hostsToAllow"]!.DeepClone();
        var again = Question();
        again["allowedHosts"] = allowed;
        Assert.NotNull((await api.Ok(HttpMethod.Post, "server-discoveries", again))["serverAddress"]);
    }

    [Fact]
    public async Task A_stored_password_that_is_refused_stops_the_integration_and_is_not_sent_again_until_a_new_one_arrives()
    {
        contoso.Host("autodiscover.contoso.example");
        contoso.Host("contoso.example");
        var id = await Connect("https://mail.contoso.example/EWS/Exchange.asmx", "wrong");
        var report = await api.Ok(HttpMethod.Post, $"integrations/{id}/discovery", new JsonObject());
        Assert.Equal("Refused", Steps(report)[0].Outcome);
        Assert.Equal("CredentialRefused", (await api.Ok(HttpMethod.Get, $"integrations/{id}"))["status"]!.GetValue<string>());

        report = await api.Ok(HttpMethod.Post, $"integrations/{id}/discovery", new JsonObject());
        Assert.Equal(1, contoso.Account.FailedLogons);
        Assert.Contains(
            Steps(report), s => s.Outcome == "Skipped" && s.Detail.Contains("refused it before this search", StringComparison.Ordinal));
        Assert.Contains("Save the right password", report["summary"]!.GetValue<string>(), StringComparison.Ordinal);

        var settings = Settings("https://mail.contoso.example/EWS/Exchange.asmx", DiscoverableExchange.Password);
        (settings["horizonMonths"], settings["reminderMinutes"]) = (12, 15);
        await api.Ok(HttpMethod.Put, $"integrations/{id}", settings);
        report = await api.Ok(HttpMethod.Post, $"integrations/{id}/discovery", new JsonObject());
        Assert.Equal("https://mail.contoso.example/EWS/Exchange.asmx", report["serverAddress"]!.GetValue<string>());
        Assert.Equal(1, contoso.Account.FailedLogons);
    }

    [Fact]
    public async Task A_saved_DOMAIN_user_needs_a_mail_address_to_be_asked_for_and_the_password_with_it()
    {
        contoso.Host("autodiscover.contoso.example");
        var id = await Connect("https://mail.contoso.example/EWS/Exchange.asmx", user: "CONTOSO\\svc-booking");
        var (status, problem) = await api.Send(HttpMethod.Post, $"integrations/{id}/discovery", new JsonObject());
        Assert.Equal((HttpStatusCode.BadRequest, "urn:cleansync:mail-address-is-needed"), (status, problem!["type"]!.GetValue<string>()));
        (status, problem) = await api.Send(
            HttpMethod.Post, $"integrations/{id}/discovery", new { mailAddress = DiscoverableExchange.User });
        Assert.Equal((HttpStatusCode.BadRequest, "urn:cleansync:password-is-needed"), (status, problem!["type"]!.GetValue<string>()));
        var report = await api.Ok(
            HttpMethod.Post, $"integrations/{id}/discovery",
            new { mailAddress = DiscoverableExchange.User, password = DiscoverableExchange.Password });
        Assert.NotNull(report["serverAddress"]);
        Assert.Equal(1, Steps(report)[0].Number);
    }

    private async Task<Guid> Connect(
        string address,
        string password = DiscoverableExchange.Password,
        string user = DiscoverableExchange.User,
        string scheme = "Ntlm") =>
        (await api.Ok(HttpMethod.Post, "integrations", Settings(address, password, user, scheme)))["id"]!.GetValue<Guid>();

    private JsonObject Settings(string address, string password, string user = DiscoverableExchange.User, string scheme = "Ntlm") => new()
    {
        ["displayName"] = "Contoso",
        ["serverAddress"] = address,
        ["authentication"] = scheme,
        ["userName"] = user,
        ["password"] = password,
        ["exchangeVersion"] = "Exchange2016",
        ["useImpersonation"] = true,
        ["showEventTitles"] = false,
        ["authorityCertificates"] = contoso.Authority,
    };

    private JsonObject Question(string scheme = "Ntlm") => new()
    {
        ["userName"] = DiscoverableExchange.User,
        ["password"] = DiscoverableExchange.Password,
        ["authentication"] = scheme,
        ["exchangeVersion"] = "Exchange2016",
        ["authorityCertificates"] = contoso.Authority,
    };

    private static List<(int Number, string Outcome, string Detail)> Steps(JsonNode report) =>
        [.. report["steps"]!.AsArray()
            .Select(s => (s!["number"]!.GetValue<int>(), s["outcome"]!.GetValue<string>(), s["detail"]!.GetValue<string>()))];
}
