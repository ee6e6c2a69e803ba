using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>
/// One search, from a mail address to settings. Keeps every step, follows at most ten redirects, asks no address twice, and leaves the
/// allowed hosts never. A new mail address starts the candidates anew.
/// </summary>
internal sealed class DiscoveryRun(
    EndpointProbe service,
    Pointers pointers,
    HostLimits limits,
    IReadOnlyList<AutodiscoverProtocol> protocols)
{
    private const int MostRedirects = 10;

    private readonly List<DiscoveryStep> steps = [];
    private readonly SortedSet<string> outside = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Place, string Address), int> asked = [];
    private readonly Dictionary<string, int> silent = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ProbeResult> pointed = new(StringComparer.OrdinalIgnoreCase);
    private int redirects;

    public IReadOnlyList<DiscoveryStep> Steps => steps;

    /// <summary>Hosts and domains that an admin could allow.</summary>
    public IReadOnlyList<string> Outside => [.. outside];

    /// <summary>Null when no candidate told anything.</summary>
    public async Task<AutodiscoverReply.Settings?> Find(string mailAddress, CancellationToken ct)
    {
        addresses.Add(mailAddress);
        var (address, queue) = (mailAddress, Candidates(mailAddress));
        while (queue.First is { } next)
        {
            queue.RemoveFirst();
            var visited = await Take(next.Value, address, ct);
            if (visited.Settings is { } found) return found;
            if (visited.IsBusy && !next.Value.IsRetry) queue.AddLast(next.Value with { IsRetry = true });
            if (visited.NewAddress is { } other && MayAskFor(other))
            {
                if (Exhausted()) return null;
                (address, queue) = (other, Candidates(other));
            }

            if (visited.Targets.Count == 0) continue;
            if (next.Value is not Candidate.DnsRecord && Exhausted()) return null;
            foreach (var target in visited.Targets.Reverse()) queue.AddFirst(Place(target, next.Value));
        }

        return null;
    }

    private LinkedList<Candidate> Candidates(string address) => new(Candidate.Of(HostLimits.DomainOf(address)!, protocols));

    private async Task<ProbeResult> Take(Candidate candidate, string address, CancellationToken ct)
    {
        var (url, visited) = candidate switch
        {
            Candidate.Place at => (at.Url, await Visit(at, address, ct)),
            Candidate.PlainRedirect plain => (plain.Url, await Once(plain.Url.AbsoluteUri, address, () => pointers.Ask(plain, ct))),
            var dns => (null, await Once(((Candidate.DnsRecord)dns).Name, address, () => pointers.Ask((Candidate.DnsRecord)dns, ct))),
        };
        var words = visited.IsBusy
            ? $"{visited.Words} {(candidate.IsRetry ? "It is left out." : "It is asked once more at the end.")}"
            : visited.Words;
        steps.Add(new DiscoveryStep(steps.Count + 1, candidate.Action, url, visited.Outcome, words, visited.Code));
        return visited;
    }

    private async Task<ProbeResult> Visit(Candidate.Place at, string address, CancellationToken ct)
    {
        var host = at.Url.IdnHost;
        if (!limits.Allow(host)) return IsOutside(host);
        if (!limits.Allow(at.Url)) return IsAnotherPort(at.Url);
        if (silent.TryGetValue(at.Url.Authority, out var before))
            return new(StepOutcome.Skipped, $"Step {before} shows that it cannot be reached.");
        var key = (at.Url.AbsoluteUri.ToLowerInvariant(), address.ToLowerInvariant());
        if (!asked.TryAdd(key, steps.Count + 1) && !at.IsRetry)
            return new(StepOutcome.Skipped, $"It was asked already, in step {asked[key]}.");
        var visited = await service.Visit(at.Url, at.AutodiscoverProtocol, address, ct);
        if (visited.HostIsSilent) silent[at.Url.Authority] = steps.Count + 1;
        return visited;
    }

    /// <summary>What only points elsewhere is asked once, however many languages there are to ask in.</summary>
    private async Task<ProbeResult> Once(string place, string address, Func<Task<ProbeResult>> ask)
    {
        if (pointed.TryGetValue(place, out var known))
            return known with { Outcome = StepOutcome.Skipped, Words = $"It was asked already, in step {asked[(place, "")]}." };
        asked[(place, "")] = steps.Count + 1;
        return pointed[place] = await ask();
    }

    private bool MayAskFor(string address)
    {
        if (!addresses.Add(address))
        {
            Note(
                $"Ask for {address}",
                StepOutcome.Failed,
                "It was asked for already: the servers send us round in a circle. What named it is left out.");
            return false;
        }

        var domain = HostLimits.DomainOf(address)!;
        if (limits.Allow(domain)) return true;
        Note($"Ask for {address}", StepOutcome.NotAllowed, IsOutside(domain).Words);
        return false;
    }

    private ProbeResult IsOutside(string host)
    {
        outside.Add(host);
        var how = limits.AreOfStoredPassword ? " Send the password with it." : "";
        return new(
            StepOutcome.NotAllowed,
            $"Host {host} is outside {limits.MailDomain}, so nothing was sent to it. "
                + $"If it is yours, allow it and try again: add it to allowedHosts.{how}");
    }

    private static ProbeResult IsAnotherPort(Uri address) => new(
        StepOutcome.NotAllowed,
        $"The stored password was not given for port {address.Port} of {address.IdnHost}, so nothing was sent to it. "
            + "If it is yours, send the password and try again.");

    private bool Exhausted()
    {
        if (++redirects <= MostRedirects) return false;
        Note("Follow the redirect", StepOutcome.Failed, $"It would be the {MostRedirects + 1}th: the search ends here.");
        return true;
    }

    private void Note(string action, StepOutcome outcome, string words) =>
        steps.Add(new DiscoveryStep(steps.Count + 1, action, null, outcome, words, null));

    /// <summary>What a plain http address or DNS names is the host; the language is the one that is being tried.</summary>
    private static Candidate.Place Place(Uri target, Candidate from)
    {
        var spoken = from.AutodiscoverProtocol.Of(target);
        return from is Candidate.Place || spoken == from.AutodiscoverProtocol
            ? new(target, spoken)
            : new(from.AutodiscoverProtocol.At(target.Authority), from.AutodiscoverProtocol);
    }
}
