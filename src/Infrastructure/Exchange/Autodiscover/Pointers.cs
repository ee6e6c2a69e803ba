using System.Net.Sockets;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>The two places that only say where the service is: a plain http address, and DNS. Neither ever sees a credential.</summary>
internal sealed class Pointers(AutodiscoverCalls calls, FindServiceRecords find)
{
    public async Task<ProbeResult> Ask(Candidate.PlainRedirect plain, CancellationToken ct)
    {
        try
        {
            var probe = await calls.Look(plain.Url, ct);
            return probe.Location is { } target && Uri.TryCreate(plain.Url, target, out var whole)
                ? DiscoveryWords.Leads(HostLimits.Https(whole.AbsoluteUri))
                : DiscoveryWords.Failed($"It leads nowhere (HTTP {(int)probe.Status}).");
        }
        catch (EwsException failure)
        {
            return DiscoveryWords.Of(failure, plain.Url.Authority) with { HostIsSilent = false };
        }
    }

    public async Task<ProbeResult> Ask(Candidate.DnsRecord dns, CancellationToken ct)
    {
        try
        {
            var records = await find(dns.Name, ct);
            var targets = ServiceRecord.Usable(records)
                .Select(r => r.Target.TrimEnd('.'))
                .Where(t => Uri.CheckHostName(t) is UriHostNameType.Dns)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .ToList();
            if (targets.Count == 0) return DiscoveryWords.Failed(records.Count == 0 ? "There is none." : "It names no host on port 443.");
            return new(
                StepOutcome.Redirected,
                $"It names {string.Join(", then ", targets)}.")
            { Targets = [.. targets.Select(dns.AutodiscoverProtocol.At)] };
        }
        catch (SocketException)
        {
            return DiscoveryWords.Failed("DNS did not answer.");
        }
    }
}
