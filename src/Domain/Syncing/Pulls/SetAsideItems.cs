using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>
/// Items that Exchange cannot give. In doubt they block time: with the times that it still gives, else with those last known. What they
/// said is forgotten, because they may have become private since.
/// </summary>
internal static class SetAsideItems
{
    /// <summary>Not even its times are given.</summary>
    public static void See(PullDraft draft, RemoteChange.Unreadable setAside)
    {
        draft.SawUnreadable(setAside.ItemId);
        draft.LeftOutBy = SyncRules.PoisonItem;
        var known = draft.ByItem(setAside.ItemId);
        var row = (known ?? new SyncedEvent
        {
            Id = draft.Basis.NewId(),
            LinkId = draft.Basis.Link.Id,
            Kind = EventKind.Unreadable,
            Identity = $"item:{setAside.ItemId}",
            ItemId = setAside.ItemId,
        }) with
        {
            Title = null,
            Location = null,
            RemovalStaged = false,
            Unreadable = new UnreadableItem(setAside.Code, setAside.ChangeKey ?? known?.ChangeKey),
        };
        if (row == known) return;
        Warn(draft, known, row);
        draft.Keep(row);
    }

    /// <summary>Once for each version of the item, and once more when it becomes worse or better.</summary>
    public static void Warn(PullDraft draft, SyncedEvent? known, SyncedEvent now)
    {
        if (now.Unreadable is { } setAside && setAside != known?.Unreadable)
            draft.Warn(SyncWarning.PoisonItem(setAside.Code, now.Id, now.Times is not null));
    }
}
