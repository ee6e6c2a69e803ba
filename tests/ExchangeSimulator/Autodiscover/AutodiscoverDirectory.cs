using System.Collections.Concurrent;

namespace CleanSync.ExchangeSimulator.Autodiscover;

/// <summary>
/// The Autodiscover services of the organisation: by host name, all at the same port, told apart by the Host header. A name that was not
/// added has nothing.
/// </summary>
public sealed class AutodiscoverDirectory
{
    private readonly ConcurrentDictionary<string, AutodiscoverHost> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<AutodiscoverRequest> _requests = [];

    /// <summary>The address of EWS for clients outside; null when none is set.</summary>
    public string? ExternalUrl { get; set; } = "https://mail.contoso.example/EWS/Exchange.asmx";

    /// <summary>The address of EWS for clients inside; null when none is set.</summary>
    public string? InternalUrl { get; set; } = "https://mail-int.contoso.example/EWS/Exchange.asmx";

    /// <summary>POX names the address of EWS only as that of the availability service, as older servers do.</summary>
    public bool NamesAvailabilityOnly { get; set; }

    public IReadOnlyList<AutodiscoverRequest> Requests => [.. _requests];

    /// <summary>The host of that name, added when it is new.</summary>
    public AutodiscoverHost Host(string name) => _hosts.GetOrAdd(name, _ => new AutodiscoverHost());

    internal AutodiscoverHost? Find(string name) => _hosts.GetValueOrDefault(name);

    internal void Add(AutodiscoverRequest request) => _requests.Enqueue(request);
}
