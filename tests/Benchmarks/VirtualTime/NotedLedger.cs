using CleanSync.Application.Syncing;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Benchmarks.VirtualTime;

/// <summary>The ledger, with the moment noted at which each event of Exchange was first stored.</summary>
internal sealed class NotedLedger(ISyncLedger ledger, Dictionary<string, DateTimeOffset> seen, TimeProvider time) : ISyncLedger
{
    public async Task<bool> Commit(LedgerEntry entry, CancellationToken ct)
    {
        if (!await ledger.Commit(entry, ct)) return false;
        lock (seen)
            foreach (var kept in entry.Keep.Where(e => e is { Kind: EventKind.External, ItemId: not null })) seen.TryAdd(kept.ItemId!, time.GetUtcNow());
        return true;
    }
}
