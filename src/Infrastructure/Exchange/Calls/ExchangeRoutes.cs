using System.Net;
using System.Security.Cryptography.X509Certificates;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Network;

namespace CleanSync.Infrastructure.Exchange.Calls;

/// <summary>Asks DNS for the addresses of a name.</summary>
internal delegate Task<IPAddress[]> ResolveName(string name, CancellationToken ct);

/// <summary>Connects to an address that was judged.</summary>
internal delegate Task<Stream> DialAddress(IPEndPoint address, CancellationToken ct);

/// <summary>Where connections to Exchange may go, and whose certificate is believed there.</summary>
internal sealed class ExchangeRoutes(ConnectionPolicy policy, NetworkAddresses addresses, ResolveName resolve, DialAddress dial)
{
    public EwsRoute Route { get; } = new()
    {
        Resolve = (name, ct) => resolve(name, ct),
        Dial = (address, ct) => dial(address, ct),
        WhyRefused = addresses.WhyRefused,
        AllowPlainHttp = policy.AllowPlainHttp,
    };

    public static EwsTrust Trust(ServerTrust trust)
    {
        if (trust.Authorities is not { } pem) return new EwsTrust { PinnedSha256 = trust.Pin };
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(pem);
        return new EwsTrust { Authorities = authorities };
    }
}
