using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing;

/// <summary>One decision of a plan. Applying it again changes nothing.</summary>
public abstract record SyncStep
{
    private SyncStep()
    {
    }

    /// <summary>Insert or update the row.</summary>
    public sealed record Keep(SyncedEvent Event) : SyncStep;

    /// <summary>Delete the row.</summary>
    public sealed record Remove(SyncedEvent Event) : SyncStep;

    /// <summary>A unit left Exchange and was removed here: the deletion fuse remembers it for a day.</summary>
    public sealed record Remember(string Unit) : SyncStep;

    /// <summary>It left the booking side because of Exchange; kept for a while, so that it can be brought back.</summary>
    public sealed record Undoable(SyncedEvent Event) : SyncStep;

    /// <summary>
    /// An event is in the calendar that no row was of: what was kept to bring it back goes, and its removal counts no more.
    /// </summary>
    public sealed record CameBack(string Uid, DateTimeOffset? OriginalStart) : SyncStep;

    /// <summary>Something with this UID is private: no title of it is kept anywhere.</summary>
    public sealed record Hide(string Uid) : SyncStep;

    /// <summary>The appointment changed because of Exchange.</summary>
    public sealed record Change(Appointment Appointment) : SyncStep;

    /// <summary>Both sides changed; the loser is kept for the admin.</summary>
    public sealed record Record(SyncConflict Conflict) : SyncStep;

    /// <summary>Something an admin should know; the pass went on.</summary>
    public sealed record Warn(SyncWarning Warning) : SyncStep;
}
