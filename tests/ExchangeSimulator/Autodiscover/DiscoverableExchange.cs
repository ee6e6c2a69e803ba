using System.Security.Cryptography.X509Certificates;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.ExchangeSimulator.Certificates;

namespace CleanSync.ExchangeSimulator.Autodiscover;

/// <summary>The organisation contoso.example with its names in a pretended DNS, an authority of its own, and one service account.</summary>
public sealed class DiscoverableExchange : IAsyncDisposable
{
    public const string Domain = "contoso.example";
    public const string User = "svc-booking@contoso.example";
    public const string Password = "Correct-Horse-7";

    private readonly TestAuthority _authority;
    private readonly X509Certificate2 _certificate;

    private DiscoverableExchange(TestAuthority authority, X509Certificate2 certificate, SimulatedExchange exchange)
    {
        (_authority, _certificate, Exchange, Network) = (authority, certificate, exchange, new PretendNetwork(exchange));
        Account = exchange.Organisation.AddAccount(User, Password);
        exchange.Organisation.GrantImpersonation(Account);
    }

    public SimulatedExchange Exchange { get; }

    public PretendNetwork Network { get; }

    public Account Account { get; }

    /// <summary>The authority's root, in PEM.</summary>
    public string Authority => _authority.Pem;

    /// <summary>The requests so far, in short.</summary>
    public IReadOnlyList<string> Asked => [.. Exchange.Autodiscover.Requests.Select(r => r.ToString())];

    /// <param name="options">Beyond addresses and certificate.</param>
    /// <param name="names">Host names beside those of contoso.example and hosting.example for which the certificate holds.</param>
    public static async Task<DiscoverableExchange> StartAsync(
        SimulatorOptions? options = null,
        CancellationToken cancellationToken = default,
        params IReadOnlyList<string> names)
    {
        var authority = new TestAuthority(TimeProvider.System);
        var certificate = authority.Issue(
            [Domain, $"*.{Domain}", $"hq.{Domain}", $"*.hq.{Domain}", "hosting.example", "*.hosting.example", .. names],
            validUntil: TimeSpan.FromDays(365));
        var exchange = await SimulatedExchange.StartAsync(
            (options ?? new SimulatorOptions()) with { Urls = "https://127.0.0.1:0;http://127.0.0.1:0", Certificate = certificate },
            cancellationToken);
        return new DiscoverableExchange(authority, certificate, exchange);
    }

    /// <summary>A host with a name in DNS; Exchange is behind it.</summary>
    public AutodiscoverHost Host(string name)
    {
        Network.Publish(name);
        return Exchange.Autodiscover.Host(name);
    }

    /// <summary>Another certificate of the same authority.</summary>
    public X509Certificate2 Issue(params IReadOnlyList<string> names) => _authority.Issue(names, validUntil: TimeSpan.FromDays(365));

    public async ValueTask DisposeAsync()
    {
        await Exchange.DisposeAsync();
        _certificate.Dispose();
        _authority.Dispose();
    }
}
