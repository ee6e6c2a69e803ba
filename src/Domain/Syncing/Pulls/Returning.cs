using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>
/// The same event under a new id: accepting an invitation in Outlook deletes it and makes it anew, a restored one gets another id, and a
/// migration gives every item one. Its row stays, and nothing counts as removed. Within one mailbox and one kind of row: only an id without
/// a row takes the place of a known one that is proved absent, or that an admin has kept or is to decide on.
/// </summary>
internal sealed class Returning
{
    private readonly Dictionary<string, Guid> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, SyncedEvent> replaced = [];
    private readonly List<SyncedEvent> undecided = [];

    public Returning(PullDraft draft, IReadOnlyList<RemoteChange> changes)
    {
        var former = Former(draft, changes);
        if (former.Count == 0) return;
        var news = changes.OfType<RemoteChange.Seen>()
            .Select(s => s.Event)
            .Where(e => IsNew(draft, e))
            .DistinctBy(e => e.ItemId, StringComparer.Ordinal);
        foreach (var (was, now) in Likeness.Pairs(former, news, Likeness.Of, undecided)) rows[now.ItemId] = was.Id;

        var paired = rows.Values.ToHashSet();
        var gone = Gone(changes);
        var came = draft.Basis.Known.Where(r => CameInThisPass(draft, r) && !gone.Contains(r.Id)).ToList();
        var leaving = former.Where(r => r.Hold is null && !paired.Contains(r.Id) && came.TrueForAll(c => c.Id != r.Id));
        foreach (var (was, now) in Likeness.Pairs(leaving, came, Likeness.Of, undecided)) replaced[was.Id] = now;
    }

    /// <summary>The row that this event had under another id; null when there is none.</summary>
    public SyncedEvent? RowOf(PullDraft draft, RemoteEvent remote) => rows.TryGetValue(remote.ItemId, out var id) ? draft.ById(id) : null;

    /// <summary>The row that an earlier page of this pass made of the same event under its new id; null when there is none.</summary>
    public SyncedEvent? MadeInPlaceOf(SyncedEvent leaving) => replaced.GetValueOrDefault(leaving.Id);

    /// <summary>Whether a row is here again under another id.</summary>
    public bool Has(SyncedEvent row) => replaced.ContainsKey(row.Id) || rows.ContainsValue(row.Id);

    /// <summary>Whether several events may be this one, or it may be one of several: then nothing is decided but by an admin.</summary>
    public bool IsUndecided(SyncedEvent row) => undecided.Exists(u => u.Id == row.Id) && !Has(row);

    private static bool IsNew(PullDraft draft, RemoteEvent e) =>
        e.Type is not RemoteItemType.SeriesMaster
        && draft.ByItem(e.ItemId) is null or { Kind: EventKind.Unreadable }
        && draft.ByIdentity(e.Identity) is null or { Kind: EventKind.Unreadable }
        && (e.Tag is not { } tag || draft.ById(tag.EventId) is not { Kind: EventKind.Copy } copy || !copy.CanBeOurs(tag.AttemptId, e.Uid));

    /// <summary>
    /// External events whose item this plan or an earlier page proves absent, or whose removal is held or was taken back.
    /// </summary>
    private static List<SyncedEvent> Former(PullDraft draft, IReadOnlyList<RemoteChange> changes)
    {
        var gone = Gone(changes);
        var former = draft.Basis.Known.Where(
            r => r.Kind is EventKind.External && (r.Hold is not null || r.RemovalStaged || gone.Contains(r.Id))).ToList();
        if (former.Count == 0) return former;
        var here = changes.OfType<RemoteChange.Seen>().Select(s => s.Event).ToList();
        var items = here.Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var occurrences = here.Where(e => e.IsOccurrence).Select(e => e.Identity).ToHashSet(StringComparer.Ordinal);
        former.RemoveAll(r => (r.ItemId is { } item && items.Contains(item)) || occurrences.Contains(r.Identity));
        return former;
    }

    private static HashSet<Guid> Gone(IReadOnlyList<RemoteChange> changes) =>
        [.. changes.OfType<RemoteChange.Left>().Select(c => c.EventId), .. changes.OfType<RemoteChange.Staged>().Select(c => c.EventId)];

    /// <summary>Made since the last pass that ended well.</summary>
    private static bool CameInThisPass(PullDraft draft, SyncedEvent row) =>
        row is { Kind: EventKind.External, Hold: null, RemovalStaged: false, ItemId: not null }
        && draft.Basis.Link.LastSyncedAt is { } last
        && TimeOrderedId.GivenAt(row.Id) > last;
}
