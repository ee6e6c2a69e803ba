using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>
/// An item carries the tag of one of our copies, but is not the item that the copy names: a create whose answer was lost,
/// a copy restored or moved back, a late duplicate of ours, or a person's copy of it.
/// </summary>
internal static class CopyIdentity
{
    /// <summary>How long after a create a second delivery of it is expected.</summary>
    private static readonly TimeSpan DoubleDelivery = TimeSpan.FromMinutes(10);

    public static void Seen(PullDraft draft, SyncedEvent copy, RemoteEvent remote, bool isSought)
    {
        if (remote.IsOccurrence || remote.StayedOf(copy)
            || (!isSought && (!copy.CanBeOurs(remote.Tag!.AttemptId, remote.Uid) || IsDoubtful(copy, remote))))
        {
            ExternalEvents.See(draft, remote);
        }
        else if (IsGone(draft, copy) && !CameLate(copy, remote))
        {
            Restored(draft, copy, remote);
        }
        else if (copy.PushState is not PushState.Gone
            && (copy.ItemId is null || !(draft.IsThere(copy.ItemId) || draft.MayBeThere(copy.ItemId))))
        {
            Adopt(draft, copy, remote);
        }
        // What is second to nothing goes only beside a first that was read, or that we removed ourselves.
        else if ((copy.ItemId is null || copy.PushState is PushState.Gone || draft.IsThere(copy.ItemId))
            && (IsAnotherAttemptOfOurs(copy, remote) || WasDeliveredTwice(draft, copy, remote)))
        {
            RemoveStray(draft, remote);
        }
        else
        {
            ExternalEvents.See(draft, remote);
        }
    }

    /// <summary>
    /// Also one that only waits for its push to find out that its appointment does not want it any more: its owner restored it before.
    /// </summary>
    private static bool IsGone(PullDraft draft, SyncedEvent copy) => copy.PushState is PushState.Gone
        || (copy is { ItemId: null, OpenAttempt: null, TakenAway: false, Attempts.Count: > 0, PushState: not PushState.Withdrawing }
            && draft.AppointmentOf(copy) is { } appointment && !appointment.Wants(draft.Basis.Link.StaffId));

    /// <summary>
    /// Not the UID that the open, or the last, attempt sent, or one that a restored backup forgot: a paste beside the item that it made, or
    /// Exchange gave another UID. A search for the copy tells.
    /// </summary>
    private static bool IsDoubtful(SyncedEvent copy, RemoteEvent remote) =>
        remote is { Uid: { } uid, Tag.AttemptId: { } attempt }
        && !copy.IsSurelyOurs(attempt, uid)
        && (attempt == copy.OpenAttempt?.Id || attempt == copy.ItemAttempt || copy.Attempts.All(a => a.Id != attempt && !a.GotAnotherUid));

    /// <summary>
    /// One that is remembered; or one that a restored backup forgot: only our own create gives an item the UID of its attempt.
    /// </summary>
    private static bool IsAnotherAttemptOfOurs(SyncedEvent copy, RemoteEvent remote) =>
        remote.Tag!.AttemptId is { } attempt
        && attempt != copy.ItemAttempt
        && (copy.Attempts.Any(a => a.Id == attempt) || remote.Uid == CreateAttempt.Sent(attempt));

    /// <summary>
    /// Something on the way delivered our create a second time: the same attempt, UID and start beside an item that was never read until
    /// now, or was made just now. A person who copies an item copies one that is there for a while, and moves it.
    /// </summary>
    private static bool WasDeliveredTwice(PullDraft draft, SyncedEvent copy, RemoteEvent remote) =>
        remote is { Uid: { } uid, Tag.AttemptId: { } attempt }
        && attempt == copy.ItemAttempt
        && draft.AtStart(copy)?.Attempts.FirstOrDefault(a => a.Id == attempt) is { } sent
        && (!sent.UidIsTold || draft.Basis.Now - sent.OpenedAt < DoubleDelivery)
        && sent.Uid == uid
        && sent.SentStart == remote.Times.Start;

    /// <summary>Made by an attempt that was given up, after the copy was gone: nobody restored anything.</summary>
    private static bool CameLate(SyncedEvent copy, RemoteEvent remote) =>
        IsAnotherAttemptOfOurs(copy, remote) && copy.Attempts.Any(a => a.Id == remote.Tag!.AttemptId && !a.UidIsTold);

    /// <summary>The item is ours: the copy takes its identity, then it is merged like any other change.</summary>
    private static void Adopt(PullDraft draft, SyncedEvent copy, RemoteEvent remote)
    {
        RemoveMistaken(draft, remote);
        var known = copy.AsAgreedWith(remote.Tag!.AttemptId);
        var adopted = known.AttemptClosed() with
        {
            ItemId = remote.ItemId,
            ChangeKey = null,
            ItemAttempt = remote.Tag.AttemptId,
            Times = known.Times ?? remote.Times,
            NextPushAt = copy.NextPushAt is null ? null : draft.Basis.Now,
        };
        CopyMerge.Seen(draft, adopted, remote);
    }

    public static void Restored(PullDraft draft, SyncedEvent copy, RemoteEvent remote)
    {
        RemoveMistaken(draft, remote);
        copy = copy.AsAgreedWith(remote.Tag?.AttemptId);
        var appointment = draft.AppointmentOf(copy);
        var becameSeries = remote.Type is RemoteItemType.SeriesMaster;
        // What its owner did not move joins the appointment where it is by now; so does what the booking product moved since it was
        // deleted.
        var joins = appointment is not null
            && (CopyMerge.ChangedHereSince(copy, appointment) || (copy.Times is { } agreed && remote.Times.SameSpan(agreed)));
        var times = appointment is not null && (becameSeries || joins) ? appointment.Times : remote.Times;
        var restored = (
            copy with { ItemId = remote.ItemId, ItemAttempt = remote.Tag?.AttemptId, Times = times, BecameSeries = becameSeries })
            .ConfirmedAs(remote.ChangeKey, remote.Uid) with
        { Unreadable = remote.Unreadable };
        if (appointment is null
            || appointment.Status is Appointments.AppointmentStatus.Cancelled
            || copy.TakenAway
            || draft.Basis.Busy.Any(busy => busy.Overlaps(times)))
        {
            draft.Keep(restored with { PushState = PushState.Withdrawing, NextPushAt = draft.Basis.Now });
            draft.Warn(SyncWarning.RestoredTooLate(copy.Id));
            return;
        }

        var content = appointment.Content();
        var kept = restored with { PushState = PushState.Confirmed, Differs = CopyDifference.Of(content, remote) };
        if (becameSeries || remote.Times.SameSpan(times)) kept = kept with { TimesRevision = appointment.TimesRevision };
        if (!becameSeries && (!remote.Times.SameSpan(times) || restored.Marks != ContentMarks.Of(content)))
            kept = (kept with { Times = remote.Times }).Queued(draft.Basis.Now);
        // What was deleted before the erasure still says who the client was.
        if (appointment.ErasedAt is not null) kept = kept.WithoutClient(draft.Basis.Now);
        draft.Keep(kept);
        var rejoined = appointment.RestoredInExchangeBy(draft.Basis.Link.StaffId);
        draft.Change(joins ? rejoined : rejoined.MovedInExchange(times), kept);
        if (becameSeries) draft.Warn(SyncWarning.BecameSeries(copy.Id));
    }

    /// <summary>What the item was taken for until its tag was read.</summary>
    private static void RemoveMistaken(PullDraft draft, RemoteEvent remote)
    {
        if (draft.ByIdentity(remote.Identity) is { Kind: EventKind.External or EventKind.Series or EventKind.Unreadable } mistaken)
            draft.Remove(mistaken);
    }

    private static void RemoveStray(PullDraft draft, RemoteEvent remote)
    {
        draft.LeftOutBy = SyncRules.StrayCopy;
        RemoveMistaken(draft, remote);
        draft.Keep(SyncedEvent.StrayOf(draft.Basis.NewId(), draft.Basis.Link.Id, remote.ItemId, remote.ChangeKey, remote.Tag!.AttemptId,
            draft.Basis.Now));
    }
}
