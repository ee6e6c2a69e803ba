using System.Net;
using System.Net.Sockets;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;
using CleanSync.Infrastructure.Exchange.Calls;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>
/// Chooses between the addresses that Exchange names for inside and outside: the internal one where its name leads to a private address
/// from here, because CleanSync then runs inside; the external one otherwise. The admin decides.
/// </summary>
internal sealed class AddressProposals(ResolveName resolve, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly IPNetwork[] Private =
        [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7" }.Select(n => IPNetwork.Parse(n))];

    public async Task<IReadOnlyList<ProposedAddress>> Of(AutodiscoverReply.Settings settings, HostLimits limits, CancellationToken ct)
    {
        var external = settings.External is { } outside ? HostLimits.Https(outside) : null;
        var inner = settings.Internal is { } inside ? HostLimits.Https(inside) : null;
        ProposedAddress Proposed(Uri address, AddressUse use, bool preferred, string reason) => new(
            address, use, preferred, limits.Allow(address.IdnHost)
                ? reason
                : $"{reason} Its host is outside {limits.MailDomain}: make sure that it is yours before you save it.");

        return (external, inner) switch
        {
            (null, null) => [],
            ({ } one, null) =>
                [Proposed(one, AddressUse.External, true, "It is the only one that Exchange names, for clients outside its network.")],
            (null, { } one) =>
                [Proposed(one, AddressUse.Internal, true, "It is the only one that Exchange names, for clients inside its network.")],
            var (a, b) when a == b =>
                [Proposed(a!, AddressUse.Both, true, "Exchange names it for clients inside and outside its network.")],
            var (a, b) => await LeadsInside(b!.IdnHost, ct) is { } address
                ?
                [
                    Proposed(
                        b,
                        AddressUse.Internal,
                        true,
                        $"Exchange names it for clients inside its network, and from here its name leads to {address}: CleanSync runs inside."),
                    Proposed(a!, AddressUse.External, false, "Exchange names it for clients outside its network."),
                ]
                :
                [
                    Proposed(
                        a!,
                        AddressUse.External,
                        true,
                        "Exchange names it for clients outside its network, and nothing here shows that CleanSync runs inside."),
                    Proposed(
                        b,
                        AddressUse.Internal,
                        false,
                        "Exchange names it for clients inside its network. Choose it if CleanSync runs there."),
                ],
        };
    }

    private async Task<IPAddress?> LeadsInside(string host, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            var addresses = await resolve(host, either.Token);
            return addresses.Length > 0
                && addresses.All(a => Private.Any(range => range.BaseAddress.AddressFamily == a.AddressFamily && range.Contains(a)))
                ? addresses[0]
                : null;
        }
        catch (Exception unknown) when (unknown is SocketException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }
}
