using System.Net;
using System.Net.Sockets;

namespace CleanSync.Infrastructure.Network;

/// <summary>
/// What a network address stands for, as far as it decides whether Exchange can be there. Private ranges are ordinary: Exchange is on
/// premises.
/// </summary>
internal enum AddressKind
{
    Ordinary,

    /// <summary>The machine itself.</summary>
    Loopback,

    /// <summary>The same network segment only: 169.254.0.0/16 and fe80::/10.</summary>
    LinkLocal,

    /// <summary>Where a cloud gives a machine its secrets.</summary>
    CloudMetadata,

    /// <summary>No machine in particular: unspecified, multicast, broadcast, reserved.</summary>
    NoServer,
}

internal static class AddressKinds
{
    /// <summary>Amazon, Google, Microsoft, Alibaba, Oracle; most of them share the first.</summary>
    private static readonly IPAddress[] Metadata =
    [
        .. new[]
        {
            "169.254.169.254",
            "169.254.170.2",
            "168.63.129.16",
            "100.100.100.200",
            "192.0.0.192",
            "fd00:ec2::254",
            "fd00:ec2::23",
            "fd20:ce::254"
        }.Select(IPAddress.Parse),
    ];

    private static readonly IPNetwork[] NoServer =
        [.. new[] { "0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8" }.Select(n => IPNetwork.Parse(n))];

    private static readonly IPNetwork LinkLocal = IPNetwork.Parse("169.254.0.0/16");

    /// <summary>IPv6 ranges beside the mapped one that carry an IPv4 address, and where in its bytes: compatible, NAT64, 6to4.</summary>
    private static readonly (IPNetwork Range, int At)[] Wrapped =
    [
        (IPNetwork.Parse("::/96"), 12), (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2),
    ];

    public static AddressKind Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return Of(address.MapToIPv4());
        if (Metadata.Contains(address)) return AddressKind.CloudMetadata;
        if (IPAddress.IsLoopback(address)) return AddressKind.Loopback;
        if (address.IsIPv6LinkLocal || In(LinkLocal, address)) return AddressKind.LinkLocal;
        if (NoServer.Any(range => In(range, address))) return AddressKind.NoServer;
        return Wrapped.Where(w => In(w.Range, address))
            .Select(w => Of(new IPAddress(address.GetAddressBytes().AsSpan(w.At, 4))))
            .FirstOrDefault();
    }

    private static bool In(IPNetwork range, IPAddress address) =>
        range.BaseAddress.AddressFamily == address.AddressFamily
            && (address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)
            && range.Contains(address);
}
