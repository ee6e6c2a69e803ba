using System.Net;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>What addresses may be connected to.</summary>
/// <param name="AllowPlainHttp">Only for development against a simulator: everywhere else the password would travel readable.</param>
/// <param name="AllowLocalAddresses">Only for development: loopback and link-local addresses. Metadata addresses of clouds stay refused.</param>
public sealed record ConnectionPolicy(bool AllowPlainHttp, bool AllowLocalAddresses)
{
    /// <summary>Why Exchange cannot be at this address, in words for an admin; null when it can.</summary>
    public string? WhyRefused(IPAddress address) => AddressKinds.Of(address) switch
    {
        AddressKind.Ordinary => null,
        AddressKind.Loopback or AddressKind.LinkLocal when AllowLocalAddresses => null,
        AddressKind.Loopback => "it is the machine that CleanSync itself runs on",
        AddressKind.LinkLocal => "it is a link-local address, where no Exchange server is",
        AddressKind.CloudMetadata => "clouds hand out the secrets of their machines there",
        _ => "it belongs to no single server",
    };
}
