namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>
/// Asks DNS for the SRV records of a name; empty when it has none. Throws <see cref="System.Net.Sockets.SocketException"/> when DNS does
/// not answer.
/// </summary>
internal delegate Task<IReadOnlyList<ServiceRecord>> FindServiceRecords(string name, CancellationToken ct);

/// <summary>An SRV record.</summary>
internal sealed record ServiceRecord(string Target, int Port, int Priority, int Weight)
{
    /// <summary>
    /// Those on port 443, the best first: the lowest priority, and within it the heaviest. DNS means weights as odds, for many clients that
    /// share a load; one admin who tries twice should see the same twice.
    /// </summary>
    public static IReadOnlyList<ServiceRecord> Usable(IEnumerable<ServiceRecord> records) =>
    [
        .. records.Where(r => r.Port == 443 && r.Target.TrimEnd('.').Length > 0)
            .OrderBy(r => r.Priority).ThenByDescending(r => r.Weight).ThenBy(r => r.Target, StringComparer.OrdinalIgnoreCase).Take(10),
    ];
}
