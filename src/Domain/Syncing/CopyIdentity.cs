using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing;

/// <summary>
/// An item carries the tag of one of our copies, but is not the item that the copy names: a create whose answer was lost,
/// a copy restored or moved back, a late duplicate of ours, or a person's copy of it.
/// </summary>
internal static class CopyIdentity
{
    public static void Seen(PullDraft draft, SyncedEvent copy, RemoteEvent remote)
    {
        if (remote.IsOccurrence)
        {
            ExternalEvents.See(draft, remote);
        }
        else if (copy.PushState is PushState.Gone)
        {
            Restored(draft, copy, remote);
        }
        else if (copy.ItemId is null || !draft.IsThere(copy.ItemId))
        {
            Adopt(draft, copy, remote);
        }
        else if (IsAnotherAttemptOfOurs(copy, remote))
        {
            RemoveStray(draft, remote);
        }
        else
        {
            ExternalEvents.See(draft, remote);
        }
    }

    /// <summary>The item that an open attempt made, taken for a series of somebody's own until its tag was read.</summary>
    public static bool IsOutcome(SyncedEvent copy, RemoteEvent remote) =>
        remote.Type is RemoteItemType.SeriesMaster && copy.OpenAttempt is { } open && open.Id == remote.Tag?.AttemptId;

    private static bool IsAnotherAttemptOfOurs(SyncedEvent copy, RemoteEvent remote) =>
        remote.Tag!.AttemptId is { } attempt
        && attempt != copy.ItemAttempt
        && copy.Attempts.Any(a => a.Id == attempt);

    /// <summary>The item is ours: the copy takes its identity, then it is merged like any other change.</summary>
    private static void Adopt(PullDraft draft, SyncedEvent copy, RemoteEvent remote)
    {
        if (draft.ByIdentity(remote.Identity) is { Kind: EventKind.External or EventKind.Series } mistaken) draft.Remove(mistaken);
        var adopted = copy.AttemptClosed() with
        {
            ItemId = remote.ItemId,
            ChangeKey = null,
            ItemAttempt = remote.Tag!.AttemptId,
            Times = copy.Times ?? remote.Times,
            NextPushAt = copy.NextPushAt is null ? null : draft.Basis.Now,
        };
        CopyMerge.Seen(draft, adopted, remote);
    }

    public static void Restored(PullDraft draft, SyncedEvent copy, RemoteEvent remote)
    {
        var appointment = draft.AppointmentOf(copy);
        var restored = copy with { ItemId = remote.ItemId, ChangeKey = remote.ChangeKey, ItemAttempt = remote.Tag?.AttemptId, Times = remote.Times };
        var isFree = !draft.Basis.Busy.Any(busy => busy.Overlaps(remote.Times));
        if (appointment is null || appointment.Status is Appointments.AppointmentStatus.Cancelled || !isFree)
        {
            draft.Keep(restored with { PushState = PushState.Withdrawing, NextPushAt = draft.Basis.Now });
            draft.Warn(SyncWarning.RestoredTooLate(copy.Id));
            return;
        }

        var back = appointment.RestoredInExchangeBy(draft.Basis.Link.StaffId).MovedInExchange(remote.Times);
        var kept = restored with { PushState = PushState.Confirmed };
        draft.Keep(kept);
        draft.Change(back, kept);
    }

    private static void RemoveStray(PullDraft draft, RemoteEvent remote) => draft.Keep(new SyncedEvent
    {
        Id = draft.Basis.NewId(),
        LinkId = draft.Basis.Link.Id,
        Kind = EventKind.Stray,
        Identity = $"stray:{remote.ItemId}",
        ItemId = remote.ItemId,
        ChangeKey = remote.ChangeKey,
        ItemAttempt = remote.Tag!.AttemptId,
        PushState = PushState.Withdrawing,
        NextPushAt = draft.Basis.Now,
    });
}
