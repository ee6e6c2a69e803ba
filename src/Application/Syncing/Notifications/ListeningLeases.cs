using CleanSync.Application.Syncing.Locks;

namespace CleanSync.Application.Syncing.Notifications;

/// <summary>
/// Which integrations this node listens to. Of several nodes one has each, so that Exchange holds one set of subscriptions; when it dies,
/// another takes it over.
/// </summary>
internal sealed class ListeningLeases(IWorkLeases leases, NotificationOptions options)
{
    private readonly Dictionary<Guid, WorkLease> held = [];

    /// <summary>
    /// Renews what is held and wanted still, takes what is wanted and free, and gives back what nobody wants: the integrations that are
    /// this node's until the next review.
    /// </summary>
    public async Task<IReadOnlySet<Guid>> Review(IReadOnlySet<Guid> wanted, CancellationToken ct)
    {
        var span = options.Review * 3;
        foreach (var (integrationId, lease) in held.ToList())
        {
            if (!wanted.Contains(integrationId)) await leases.Release(lease, ct);
            else if (await leases.Renew(lease, span, ct)) continue;
            held.Remove(integrationId);
        }

        foreach (var integrationId in wanted.Where(id => !held.ContainsKey(id)))
        {
            if (await leases.TryTake($"listening to {integrationId}", span, ct) is { } taken) held[integrationId] = taken;
        }

        return held.Keys.ToHashSet();
    }

    /// <summary>When the node stops, and its subscriptions are ended.</summary>
    public async Task ReleaseAll(CancellationToken ct)
    {
        foreach (var lease in held.Values) await leases.Release(lease, ct);
        held.Clear();
    }
}
