using CleanSync.Infrastructure.Exchange.Autodiscover.Protocols;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>Something to try: one step of a search.</summary>
internal abstract record Candidate(AutodiscoverProtocol AutodiscoverProtocol)
{
    /// <summary>It was busy before.</summary>
    public bool IsRetry { get; init; }

    public abstract string Action { get; }

    /// <summary>An address at which the service may be.</summary>
    public sealed record Place(Uri Url, AutodiscoverProtocol AutodiscoverProtocol) : Candidate(AutodiscoverProtocol)
    {
        public override string Action => $"Ask {Url.Authority} by {AutodiscoverProtocol.Name}{(IsRetry ? " once more" : "")}";
    }

    /// <summary>A plain http address that may only say where the service is.</summary>
    public sealed record PlainRedirect(string Domain, AutodiscoverProtocol AutodiscoverProtocol) : Candidate(AutodiscoverProtocol)
    {
        public Uri Url => new($"http://autodiscover.{Domain}/autodiscover/autodiscover.xml");

        public override string Action => $"Ask autodiscover.{Domain} by plain http where to go, without a logon";
    }

    /// <summary>The SRV record of the domain.</summary>
    public sealed record DnsRecord(string Domain, AutodiscoverProtocol AutodiscoverProtocol) : Candidate(AutodiscoverProtocol)
    {
        public string Name => $"_autodiscover._tcp.{Domain}";

        public override string Action => $"Ask DNS for the SRV record {Name}";
    }

    /// <summary>
    /// All for one domain, in order: language by language, and in each the host that only Exchange has before the bare domain, where a
    /// public web site may be.
    /// </summary>
    public static IEnumerable<Candidate> Of(string domain, IReadOnlyList<AutodiscoverProtocol> protocols) =>
        protocols.SelectMany(protocol => (Candidate[])
    [
        new Place(protocol.At($"autodiscover.{domain}"), protocol),
        new Place(protocol.At(domain), protocol),
        new PlainRedirect(domain, protocol),
        new DnsRecord(domain, protocol),
    ]);
}
