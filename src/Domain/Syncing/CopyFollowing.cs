using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing;

/// <summary>What an appointment's change means for a copy of it.</summary>
public static class CopyFollowing
{
    /// <summary>
    /// Written or withdrawn with the appointment. One that its owner deleted when it was past, which removed nobody, is written again for
    /// another, coming time; whom the appointment no longer wants, the push finds out.
    /// </summary>
    public static SyncedEvent After(this SyncedEvent copy, Appointment before, Appointment now, DateTimeOffset at)
    {
        if (copy.PushState is not PushState.Gone) return now.IsBooked ? copy.Queued(at) : copy.Withdrawn(at);
        var isMovedAhead = now.IsBooked && now.Times.End > at && !now.Times.SameSpan(before.Times);
        return isMovedAhead && copy.ItemId is null ? copy.ToCreateAgain(at) : copy;
    }
}
