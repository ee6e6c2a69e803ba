using System.Net;
using System.Security.Cryptography.X509Certificates;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange;

/// <summary>Asks DNS for the addresses of a name.</summary>
internal delegate Task<IPAddress[]> ResolveName(string name, CancellationToken ct);

/// <summary>Where connections to Exchange may go, and whose certificate is believed there.</summary>
internal sealed class ExchangeRoutes(ConnectionPolicy policy, NetworkAddresses addresses, ResolveName resolve)
{
    public EwsRoute Route { get; } = new() { Resolve = (name, ct) => resolve(name, ct), WhyRefused = addresses.WhyRefused, AllowPlainHttp = policy.AllowPlainHttp };

    public static EwsTrust Trust(ExchangeIntegration integration)
    {
        if (integration.Trust.Authorities is not { } pem) return new EwsTrust { PinnedSha256 = integration.Trust.Pin };
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return new EwsTrust { Authorities = authorities };
    }
}
