using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>
/// The three-way rule for a copy: base is what both sides last agreed, local is the appointment, remote is the item.
/// Times and deletions flow from Exchange into the booking product; other edits stay in Outlook until the booking product changes that
/// field. An item that is elsewhere after the booking product moved its appointment, be it back, may only lack that move.
/// </summary>
internal static class CopyMerge
{
    public static void Seen(PullDraft draft, SyncedEvent copy, RemoteEvent remote)
    {
        if (remote.Type is RemoteItemType.SeriesMaster)
        {
            BecameSeries(draft, copy, remote.ChangeKey, remote.Uid);
            return;
        }

        var read = copy.ConfirmedAs(remote.ChangeKey, remote.Uid) with { BecameSeries = false, Unreadable = remote.Unreadable };
        SetAsideItems.Warn(draft, copy, read);
        var appointment = draft.AppointmentOf(copy);
        if (appointment is null || copy.PushState is PushState.Withdrawing)
        {
            // while nothing proves it ours it stays, and blocks
            draft.Keep(remote.IsWithheld ? read with { Times = remote.Times } : Shown(draft, read));
            return;
        }

        if (remote is { UnreadableCode: null, IsWithheld: false })
            read = read with { Differs = CopyDifference.Of(appointment.Content(), remote) };
        var agreed = copy.Times ?? remote.Times;
        var local = appointment.Times;
        if (remote.Times.SameSpan(agreed))
        {
            draft.Keep(local.SameSpan(agreed) ? Agreed(read, agreed) : Push(draft, read with { Times = agreed }));
        }
        else if (remote.Times.SameSpan(local))
        {
            draft.Keep(Agreed(read, remote.Times));
        }
        else if (local.SameSpan(agreed) && !ChangedHereSince(copy, appointment) && remote.Times.End > remote.Times.Start)
        {
            var moved = Agreed(read, remote.Times);
            draft.Keep(moved);
            draft.Change(appointment.MovedInExchange(remote.Times), moved);
        }
        else
        {
            draft.Keep(Push(draft, read with { Times = remote.Times }));
            draft.Record(new SyncConflict(draft.Basis.NewId(), copy.LinkId, appointment.Id, copy.Id, draft.Basis.Now, local, remote.Times));
        }

        SyncedEvent Agreed(SyncedEvent agreeing, EventTimes on) => agreeing with { Times = on, TimesRevision = appointment.TimesRevision };
    }

    /// <summary>What waited because nothing proved it ours is tried at once when it can be told again.</summary>
    private static SyncedEvent Shown(PullDraft draft, SyncedEvent read) =>
        read.PushFailure?.Code == StayReason.IsPrivate.Code ? read with { NextPushAt = draft.Basis.Now } : read;

    /// <summary>A person deleted the copy, or it left the calendar for good.</summary>
    public static void Left(PullDraft draft, SyncedEvent copy)
    {
        var appointment = draft.AppointmentOf(copy);
        var staffId = draft.Basis.Link.StaffId;
        // What is gone already was taken away by us: its link may have been switched off in the middle of this pass.
        if (appointment is null || copy.PushState is PushState.Withdrawing or PushState.Gone || !appointment.Wants(staffId))
        {
            draft.Keep(copy.NowGone());
        }
        else if (appointment.Times.End <= draft.Basis.Now)
        {
            draft.Keep(copy.NowGone());
        }
        else if (ChangedHereSince(copy, appointment))
        {
            draft.Keep(copy.ToCreateAgain(draft.Basis.Now));
        }
        else
        {
            var gone = copy.NowGone();
            draft.Keep(gone);
            draft.Undoable(copy with { Times = appointment.Times });
            draft.Change(appointment.DeletedInExchangeBy(staffId), gone);
        }
    }

    /// <summary>A missing copy is not a cancellation: it is written again.</summary>
    public static void Lost(PullDraft draft, SyncedEvent copy)
    {
        if (copy.Hold is not null && !IsChangedHere(draft, copy)) return;
        if (copy.PushState is PushState.Withdrawing || draft.AppointmentOf(copy)?.Wants(draft.Basis.Link.StaffId) != true)
        {
            draft.Keep(copy.NowGone());
            return;
        }

        draft.Keep(copy.ToCreateAgain(draft.Basis.Now));
        draft.Warn(SyncWarning.CopyWasLost(copy.Id));
    }

    public static void BecameSeries(PullDraft draft, SyncedEvent copy, string changeKey, string? uid)
    {
        if (!copy.BecameSeries) draft.Warn(SyncWarning.BecameSeries(copy.Id));
        draft.Keep(copy.ConfirmedAs(changeKey, uid) with { BecameSeries = true, Unreadable = null });
    }

    /// <summary>
    /// The booking product, and not a colleague in Outlook, moved or cancelled the appointment since both sides agreed: its will counts,
    /// not the fuse.
    /// </summary>
    public static bool IsChangedHere(PullDraft draft, SyncedEvent copy) =>
        copy.Kind is EventKind.Copy
        && (copy.PushState is PushState.Withdrawing || draft.AppointmentOf(copy) is not { } appointment
            || !appointment.Wants(draft.Basis.Link.StaffId) || ChangedHereSince(copy, appointment));

    /// <summary>The booking product has moved it since: times that a colleague's Outlook changed say nothing of its will.</summary>
    public static bool ChangedHereSince(SyncedEvent copy, Appointment appointment) => appointment.TimesRevision > copy.TimesRevision;

    private static SyncedEvent Push(PullDraft draft, SyncedEvent copy) => copy.PushState is PushState.Queued or PushState.Failed
        ? copy with { NextPushAt = draft.Basis.Now }
        : copy.Queued(draft.Basis.Now);
}
