using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Model.VirtualTime;

/// <summary>The store, with the moment noted at which each event of Exchange was first stored.</summary>
internal sealed class NotedStore(ISyncStore store, Dictionary<string, DateTimeOffset> seen, TimeProvider time) : ISyncStore
{
    public async Task<bool> Commit(ChangeSet entry, CancellationToken ct)
    {
        if (!await store.Commit(entry, ct)) return false;
        lock (seen)
            foreach (var kept in entry.Keep.Where(e => e is { Kind: EventKind.External, ItemId: not null }))
            {
                seen.TryAdd(kept.ItemId!, time.GetUtcNow());
            }
        return true;
    }
}
