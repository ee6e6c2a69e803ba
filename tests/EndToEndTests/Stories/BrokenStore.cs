using CleanSync.Application.Syncing.Storing;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>The store as a full disk leaves it: what a test names cannot be committed.</summary>
internal sealed class BrokenStore(ISyncStore store) : ISyncStore
{
    private int commits;

    public Func<ChangeSet, bool> Breaks { get; set; } = _ => false;

    /// <summary>What was to be stored while it was broken.</summary>
    public int Tries => commits;

    public Task<bool> Commit(ChangeSet entry, CancellationToken ct)
    {
        if (!Breaks(entry)) return store.Commit(entry, ct);
        Interlocked.Increment(ref commits);
        throw new IOException("No space left on device");
    }
}
