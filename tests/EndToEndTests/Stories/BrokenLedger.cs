using CleanSync.Application.Syncing;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The store as a full disk leaves it: what a test names cannot be committed.</summary>
internal sealed class BrokenLedger(ISyncLedger ledger) : ISyncLedger
{
    private int commits;

    public Func<LedgerEntry, bool> Breaks { get; set; } = _ => false;

    /// <summary>What was to be stored while it was broken.</summary>
    public int Tries => commits;

    public Task<bool> Commit(LedgerEntry entry, CancellationToken ct)
    {
        if (!Breaks(entry)) return ledger.Commit(entry, ct);
        Interlocked.Increment(ref commits);
        throw new IOException("No space left on device");
    }
}
