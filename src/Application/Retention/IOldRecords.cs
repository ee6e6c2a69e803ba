using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;

namespace CleanSync.Application.Retention;

/// <summary>Records that nothing waits for, and that go by their age alone.</summary>
public interface IOldRecords
{
    /// <summary>Removes those from before in one transaction; a report goes after its lines.</summary>
    /// <param name="max">Of each table.</param>
    /// <returns>How many rows went; fewer than <paramref name="max"/> when no more are that old.</returns>
    Task<int> Remove(RecordKind kind, DateTimeOffset before, int max, CancellationToken ct);
}

public enum RecordKind
{
    /// <summary>What makes a repeated booking answer with the first.</summary>
    IdempotencyRecords,

    SyncRuns,

    /// <summary>Checks of many staff members.</summary>
    Rechecks,

    /// <summary>What lost when both sides had changed an appointment.</summary>
    Conflicts,

    /// <summary>Reports of disconnections that have ended, with the items that stayed.</summary>
    Disconnections,

    /// <summary>Reports of erasures that have ended.</summary>
    Erasures,

    /// <summary>What can be brought back: <see cref="RemovedEvent.KeptFor"/>.</summary>
    RemovedEvents,

    /// <summary>What the deletion fuse counts: <see cref="DeletionFuse.Memory"/>.</summary>
    Removals,

    /// <summary>Warnings that say what was done; one that says how things are stays until they are otherwise.</summary>
    Warnings,
}
