using CleanSync.Domain.Appointments;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>Events that people made in Exchange: mirrored when they count, forgotten when they do not.</summary>
internal static class ExternalEvents
{
    public static void See(PullDraft draft, RemoteEvent remote)
    {
        if (remote.Type is RemoteItemType.SeriesMaster)
        {
            SeeSeries(draft, new RemoteChange.SeriesSeen(remote.ItemId, remote.ChangeKey, remote.Uid), setAside: null);
            return;
        }

        var known = Row(draft, remote);
        if (known is null or { Hold: not null } || known.ItemId != remote.ItemId) draft.CameBack(remote);
        if (remote.IsPrivate && known is not { IsPrivate: true } && (remote.Uid ?? known?.Uid) is { } uid) draft.Hide(uid);
        draft.LeftOutBy = IsTheCopyItself(draft, remote)
            ? SyncRules.CopysOwnOccurrence : EventFilter.LeavesOut(remote, draft.Basis.Window, draft.Basis.DeclinedBlocks);
        if (draft.LeftOutBy is null)
        {
            var mirrored = Mirror(draft, known, remote);
            if (mirrored == known) return;
            SetAsideItems.Warn(draft, known, mirrored);
            draft.Keep(mirrored);
        }
        else if (known is not null)
        {
            draft.Remove(known);
        }
    }

    /// <summary>What only a change page told says nothing of whether its master can be read.</summary>
    public static void SeeSeries(PullDraft draft, RemoteChange.SeriesSeen series) => SeeSeries(
        draft,
        series,
        series.UnreadableCode is { } code
            ? new UnreadableItem(code, series.ChangeKey)
            : draft.ByItem(series.ItemId) is { Kind: EventKind.Series } known ? known.Unreadable : null);

    /// <summary>A master that cannot be read may be a copy of ours: it is asked for again, because only its tag tells.</summary>
    private static void SeeSeries(PullDraft draft, RemoteChange.SeriesSeen series, UnreadableItem? setAside)
    {
        var known = draft.ByItem(series.ItemId);
        if (known is { Kind: EventKind.Copy })
        {
            CopyMerge.BecameSeries(draft, known, series.ChangeKey, series.Uid);
            return;
        }

        draft.LeftOutBy = SyncRules.SeriesMaster;
        if (known is { Kind: EventKind.External or EventKind.Unreadable })
        {
            draft.Remove(known);
            known = null;
        }

        var row = (known ?? SyncedEvent.SeriesOf(draft.Basis.NewId(), draft.Basis.Link.Id, series.ItemId)) with
        {
            ChangeKey = series.ChangeKey,
            Uid = series.Uid ?? known?.Uid,
            ProjectionVersion = draft.Basis.ProjectionVersion,
            RemovalStaged = false,
            Unreadable = setAside,
        };
        if (row != known) draft.Keep(row);
    }

    /// <summary>
    /// Of a copy that Outlook made a series of, the occurrence at the appointment's own time is the copy, not another event; of a person's
    /// paste of that series it is another.
    /// </summary>
    private static bool IsTheCopyItself(PullDraft draft, RemoteEvent remote) =>
        AppointmentOfSeries(draft, remote) is { } appointment && appointment.Times.SameSpan(remote.Times);

    /// <summary>The appointment of the copy that Outlook made this series of; null of any other series.</summary>
    private static Appointment? AppointmentOfSeries(PullDraft draft, RemoteEvent remote) =>
        remote.IsOccurrence
        && remote.Tag is { } tag
        && draft.ById(tag.EventId) is { BecameSeries: true } copy
        && (copy.Uid ?? remote.Uid) == remote.Uid
            ? draft.AppointmentOf(copy)
            : null;

    /// <summary>
    /// An occurrence of a series that Outlook made of the copy of an appointment whose client is erased, or what stayed of that series.
    /// </summary>
    private static bool IsOfAnErasedClient(PullDraft draft, RemoteEvent remote) =>
        remote.Tag is { } tag
        && draft.ById(tag.EventId) is { Kind: EventKind.Copy } copy
        && (copy.LeftSeries is null ? AppointmentOfSeries(draft, remote) is not null : remote.StayedOf(copy))
        && draft.AppointmentOf(copy) is { ErasedAt: not null };

    /// <summary>The row of this event; a series that became a single item, or the reverse, starts from a new row.</summary>
    private static SyncedEvent? Row(PullDraft draft, RemoteEvent remote)
    {
        if (draft.ByItem(remote.ItemId) is { } byItem)
        {
            if (byItem.Kind is EventKind.External && (remote.IsWithheld || remote.Is(byItem.Identity))) return byItem;
            draft.Remove(byItem);
        }

        return draft.ByIdentity(remote.Identity) is { Kind: EventKind.External } known ? known : draft.Returning?.RowOf(draft, remote);
    }

    /// <summary>Of a series that was an erased client's copy the title stays away: it may name them, and is not rewritten.</summary>
    private static SyncedEvent Mirror(PullDraft draft, SyncedEvent? known, RemoteEvent remote)
    {
        var basis = draft.Basis;
        var shown = remote.MayBeShown(basis.ShowTitles) && !IsOfAnErasedClient(draft, remote);
        var row = known ?? new SyncedEvent
        {
            Id = basis.NewId(),
            LinkId = basis.Link.Id,
            Kind = EventKind.External,
            Identity = remote.Identity,
        };
        return row with
        {
            Identity = remote.IsWithheld ? row.Identity : remote.Identity,
            ItemId = remote.ItemId,
            ChangeKey = remote.ChangeKey,
            Uid = remote.IsWithheld ? known?.Uid : remote.Uid,
            OriginalStart = remote.IsOccurrence ? remote.OriginalStart : null,
            Times = remote.Times,
            Title = shown ? remote.Title : null,
            Location = shown ? remote.Location : null,
            FreeBusy = remote.FreeBusy,
            IsPrivate = remote.IsPrivate,
            MyResponse = remote.MyResponse,
            ProjectionVersion = basis.ProjectionVersion,
            RemovalStaged = false,
            Hold = null,
            Unreadable = remote.Unreadable,
        };
    }
}
