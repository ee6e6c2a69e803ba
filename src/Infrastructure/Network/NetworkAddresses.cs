using System.Net;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.ExchangeIntegrations.Discovery;

namespace CleanSync.Infrastructure.Network;

internal sealed class NetworkAddresses(ConnectionPolicy policy) : INetworkAddresses
{
    public string? WhyRefused(string host) => IPAddress.TryParse(host, out var address) ? WhyRefused(address) : null;

    public string? WhyRefused(IPAddress address) => AddressKinds.Of(address) switch
    {
        AddressKind.Ordinary => null,
        AddressKind.Loopback or AddressKind.LinkLocal when policy.AllowLocalAddresses => null,
        AddressKind.Loopback => "it is the machine that CleanSync itself runs on",
        AddressKind.LinkLocal => "it is a link-local address, where no Exchange server is",
        AddressKind.CloudMetadata => "clouds hand out the secrets of their machines there",
        _ => "it belongs to no single server",
    };
}
