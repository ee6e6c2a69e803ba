using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>
/// Decides what a pass changes in the booking product. Pure: the same basis and changes give the same steps, and a replay gives none.
/// </summary>
public static class PullPlanner
{
    public static IReadOnlyList<SyncStep> Plan(PullBasis basis, IReadOnlyList<RemoteChange> changes)
    {
        var draft = new PullDraft(basis);
        changes = WithoutLeftThatIsSeen(draft, changes);
        draft.Returning = new Returning(draft, changes);
        draft.SeriesSeen = changes.OfType<RemoteChange.Seen>().Select(s => $"series:{s.Event.Uid}").ToHashSet(StringComparer.Ordinal);
        draft.HoldsRemovals = HoldsRemovals(draft, changes);
        draft.Reshaped = Reshaped(draft, changes);
        foreach (var change in changes) Apply(draft, change);
        return draft.Steps();
    }

    /// <summary>A report says that it left, and the very same item is seen: it has not.</summary>
    private static IReadOnlyList<RemoteChange> WithoutLeftThatIsSeen(PullDraft draft, IReadOnlyList<RemoteChange> changes)
    {
        if (!changes.Any(c => c is RemoteChange.Left)) return changes;
        var items = changes.OfType<RemoteChange.Seen>().Select(s => s.Event.ItemId).ToHashSet(StringComparer.Ordinal);
        return [.. changes.Where(c => c is not RemoteChange.Left { EventId: var id }
            || draft.ById(id) is not { Kind: EventKind.External, ItemId: { } item } || !items.Contains(item))];
    }

    /// <summary>What a plan makes of one item, decided by the very code that plans; nothing is changed.</summary>
    public static ItemVerdict Explain(PullBasis basis, RemoteChange item)
    {
        var draft = new PullDraft(basis);
        var (itemId, identity, tag) = item switch
        {
            RemoteChange.Seen { Event: var seen } => (seen.ItemId, seen.Identity, seen.Tag?.EventId),
            RemoteChange.Unreadable setAside => (setAside.ItemId, $"item:{setAside.ItemId}", null),
            RemoteChange.SeriesSeen series => (series.ItemId, $"item:{series.ItemId}", (Guid?)null),
            _ => throw new ArgumentException("Only what a calendar holds can be explained.", nameof(item)),
        };
        var known = draft.ByItem(itemId) ?? draft.ByIdentity(identity);
        Apply(draft, item);
        if (draft.LeftOutBy is not null) return new ItemVerdict(draft.LeftOutBy, known);
        var kept = draft.ByItem(itemId) ?? draft.ByIdentity(identity) ?? (tag is { } id ? draft.ById(id) : null);
        return new ItemVerdict(null, kept is null ? known : draft.AtStart(kept));
    }

    /// <summary>Whether so much leaves at once that an admin has to decide. What this same plan also sees has not left.</summary>
    private static bool HoldsRemovals(PullDraft draft, IReadOnlyList<RemoteChange> changes)
    {
        if (draft.Basis.Fuse is not { } count) return false;
        var units = changes.OfType<RemoteChange.Left>()
            .Select(l => draft.ById(l.EventId))
            .OfType<SyncedEvent>()
            .Where(e => draft.Returning?.Has(e) != true)
            .Select(e => DeletionFuse.Unit(e, draft.Basis)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        units.ExceptWith(draft.SeriesSeen);
        if (!(draft.Basis.HoldsAll && units.Count > 0) && !DeletionFuse.Trips(count.Removed, units.Count, count.Present)) return false;
        draft.Warn(SyncWarning.DeletionsHeld(units.Count));
        return true;
    }

    /// <summary>
    /// Series of which occurrences leave while others come: they were moved, or have another pattern, and nothing was deleted.
    /// </summary>
    private static HashSet<string> Reshaped(PullDraft draft, IReadOnlyList<RemoteChange> changes)
    {
        var leaving = changes.OfType<RemoteChange.Left>()
            .Select(l => draft.ById(l.EventId))
            .Where(e => e?.OriginalStart is not null)
            .Select(e => e!.Uid)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        if (leaving.Count == 0) return leaving;
        var coming = changes.OfType<RemoteChange.Seen>()
            .Select(s => s.Event)
            .Where(e => e is { IsOccurrence: true, Uid: { } uid } && leaving.Contains(uid) && draft.ByIdentity(e.Identity) is null);
        return coming.Select(e => e.Uid!).ToHashSet(StringComparer.Ordinal);
    }

    private static void Apply(PullDraft draft, RemoteChange change)
    {
        switch (change)
        {
            case RemoteChange.Seen seen:
                See(draft, seen.Event, seen.IsSought);
                break;
            case RemoteChange.SeriesSeen series:
                ExternalEvents.SeeSeries(draft, series);
                break;
            case RemoteChange.Unreadable setAside:
                SetAsideItems.See(draft, setAside);
                break;
            case RemoteChange.Echo { EventId: var id, Uid: var uid } when draft.ById(id) is { ChangeKey: { } key } echoed:
                if (echoed.ItemId is { } item) draft.Saw(item);
                draft.Keep(echoed.ConfirmedAs(key, uid));
                break;
            // What is held has left already.
            case RemoteChange.Staged { EventId: var id } when draft.ById(id) is { Hold: null } leaving:
                draft.Keep(leaving.Staged());
                break;
            case RemoteChange.Left { EventId: var id } left when draft.ById(id) is { } known:
                Leave(draft, known.ToldInDeletedItems(left.Attempt, left.Uid));
                break;
            case RemoteChange.Lost { EventId: var id } when draft.ById(id) is { Kind: EventKind.Copy } lost:
                CopyMerge.Lost(draft, lost);
                break;
        }
    }

    private static void Leave(PullDraft draft, SyncedEvent known)
    {
        if (draft.Returning is { } returning && known.Kind is EventKind.External)
        {
            if (returning.MadeInPlaceOf(known) is { } made && draft.ById(made.Id) is { } now)
            {
                draft.Remove(now);
                draft.Keep(now with { Id = known.Id, Version = known.Version });
                return;
            }

            if (returning.Has(known)) return; // it is seen under its new id in this same plan
            if (returning.IsUndecided(known) && known.Hold is null && draft.Basis.Fuse is not null)
            {
                draft.Keep(known.Held());
                draft.Warn(SyncWarning.SeveralCandidates(known.Id));
                return;
            }
        }

        var unit = DeletionFuse.Unit(known, draft.Basis);
        if (known.Hold is not null && draft.Basis.Fuse is not null && !CopyMerge.IsChangedHere(draft, known) && !IsOver(draft, known))
            return;
        if (unit is not null && draft.HoldsRemovals && !CopyMerge.IsChangedHere(draft, known))
        {
            draft.Keep(known.Held());
            return;
        }

        if (unit is not null && !draft.SeriesSeen.Contains(unit)) draft.Remember(unit);
        if (known.Kind is EventKind.Copy)
        {
            CopyMerge.Left(draft, known);
            return;
        }

        if (known.Kind is EventKind.External
            && !IsOver(draft, known)
            && !(known is { OriginalStart: not null, Uid: { } series } && draft.Reshaped.Contains(series))) draft.Undoable(known);
        draft.Remove(known);
    }

    /// <summary>A held event that has passed, or slid out of the window, needs no decision any more.</summary>
    private static bool IsOver(PullDraft draft, SyncedEvent held) =>
        held.Times is not { } times
            || times.End <= draft.Basis.Now
            || (held.Kind is EventKind.External && !draft.Basis.Window.Overlaps(times.Start, times.End));

    private static void See(PullDraft draft, RemoteEvent remote, bool isSought)
    {
        draft.Read(remote);
        var known = draft.ByItem(remote.ItemId);
        if (known is { Kind: EventKind.Copy, PushState: PushState.Gone }) CopyIdentity.Restored(draft, known, remote);
        else if (known is { Kind: EventKind.Copy }) CopyMerge.Seen(draft, known, remote);
        else if (known is { Kind: EventKind.Stray }) draft.LeftOutBy = SyncRules.StrayCopy;
        else if (remote.Tag is { } tag
            && draft.ById(tag.EventId) is { Kind: EventKind.Copy } tagged
            && (isSought || known is null or { Kind: EventKind.Unreadable } or { Kind: EventKind.Series, Unreadable: not null }))
            CopyIdentity.Seen(draft, tagged, remote, isSought);
        else ExternalEvents.See(draft, remote);
    }
}
