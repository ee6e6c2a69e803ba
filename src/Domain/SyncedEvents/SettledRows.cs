using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.SyncedEvents;

/// <summary>When retention and erasure may touch a row, and what an erasure leaves of a copy.</summary>
public static class SettledRows
{
    /// <summary>Nothing of it is under way or waits: no attempt, push, removal or decision.</summary>
    public static bool IsSettled(this SyncedEvent e) =>
        !e.IsUnderWay() && e.NextPushAt is null && e.PushState is not (PushState.Queued or PushState.Failed);

    /// <summary>
    /// Exchange may hold, or get, an item of it that the row does not tell of, or one that is to go, or whose removal is not decided. A
    /// push that only waits is not under way: what it will write is taken from the appointment when it is written.
    /// </summary>
    public static bool IsUnderWay(this SyncedEvent e) =>
        e.OpenAttempt is not null || e.RemovalStaged || e.Hold is RemovalHold.Held || e.PushState is PushState.Withdrawing;

    /// <summary>
    /// The appointment's client is erased. A copy that has an item is written anew, all of it; one that never had gets none; and no
    /// fingerprint of what was written stays.
    /// </summary>
    public static SyncedEvent WithoutClient(this SyncedEvent copy, DateTimeOffset now) => copy switch
    {
        { PushState: PushState.Gone or PushState.Withdrawing } or { OpenAttempt: not null } => copy with { Marks = null },
        { ItemId: null } => copy.NowGone() with { Marks = null, PushTries = 0 },
        _ => copy.Queued(now) with { Marks = null, Differs = CopyDifferences.None },
    };
}
