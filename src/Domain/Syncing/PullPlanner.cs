using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing;

/// <summary>Decides what a pass changes in the booking product. Pure: the same basis and changes give the same steps, and a replay gives none.</summary>
public static class PullPlanner
{
    public static IReadOnlyList<SyncStep> Plan(PullBasis basis, IReadOnlyList<RemoteChange> changes)
    {
        var draft = new PullDraft(basis);
        foreach (var change in changes) Apply(draft, change);
        return draft.Steps();
    }

    private static void Apply(PullDraft draft, RemoteChange change)
    {
        switch (change)
        {
            case RemoteChange.Seen { Event: var remote }:
                See(draft, remote);
                break;
            case RemoteChange.SeriesSeen series:
                ExternalEvents.SeeSeries(draft, series);
                break;
            case RemoteChange.Echo { EventId: var id } when draft.ById(id) is { ChangeKey: { } key } echoed:
                draft.Keep(echoed.ConfirmedAs(key));
                break;
            case RemoteChange.Staged { EventId: var id } when draft.ById(id) is { } leaving:
                draft.Keep(leaving.Staged());
                break;
            case RemoteChange.Left { EventId: var id } when draft.ById(id) is { } known:
                if (known.Kind is EventKind.Copy) CopyMerge.Left(draft, known);
                else draft.Remove(known);
                break;
            case RemoteChange.Lost { EventId: var id } when draft.ById(id) is { Kind: EventKind.Copy } lost:
                CopyMerge.Lost(draft, lost);
                break;
        }
    }

    private static void See(PullDraft draft, RemoteEvent remote)
    {
        draft.Saw(remote.ItemId);
        var known = draft.ByItem(remote.ItemId);
        if (known is { Kind: EventKind.Copy, PushState: PushState.Gone }) CopyIdentity.Restored(draft, known, remote);
        else if (known is { Kind: EventKind.Copy }) CopyMerge.Seen(draft, known, remote);
        else if (known is { Kind: EventKind.Stray }) return;
        else if (known is null && remote.Tag is { } tag && draft.ById(tag.EventId) is { Kind: EventKind.Copy } tagged) CopyIdentity.Seen(draft, tagged, remote);
        else ExternalEvents.See(draft, remote);
    }
}
