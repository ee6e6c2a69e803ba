using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing;

/// <summary>
/// Items that Exchange cannot give. In doubt they block time: with the times that it still gives, else with those last known. What they said
/// is forgotten, because they may have become private since.
/// </summary>
internal static class PoisonItems
{
    /// <summary>Not even its times are given.</summary>
    public static void See(PullDraft draft, RemoteChange.Unreadable poison)
    {
        draft.SawUnreadable(poison.ItemId);
        draft.LeftOutBy = SyncRules.PoisonItem;
        var known = draft.ByItem(poison.ItemId);
        var row = (known ?? new SyncedEvent
        {
            Id = draft.Basis.NewId(),
            LinkId = draft.Basis.Link.Id,
            Kind = EventKind.Unreadable,
            Identity = $"item:{poison.ItemId}",
            ItemId = poison.ItemId,
        }) with
        {
            Title = null,
            Location = null,
            RemovalStaged = false,
            Unreadable = new UnreadableItem(poison.Code, poison.ChangeKey ?? known?.ChangeKey),
        };
        if (row == known) return;
        Warn(draft, known, row);
        draft.Keep(row);
    }

    /// <summary>Once for each version of the item, and once more when it becomes worse or better.</summary>
    public static void Warn(PullDraft draft, SyncedEvent? known, SyncedEvent now)
    {
        if (now.Unreadable is { } poison && poison != known?.Unreadable) draft.Warn(SyncWarning.PoisonItem(poison.Code, now.Id, now.Times is not null));
    }
}
