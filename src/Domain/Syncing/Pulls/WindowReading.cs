using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>Compares a window that was read whole with what is stored.</summary>
public static class WindowReading
{
    /// <summary>
    /// Every event of the view as seen, and every stored external event that the view should hold but does not as left;
    /// also those that have slid out of the window. Copies, and what Exchange could not give, are not judged by their absence.
    /// </summary>
    /// <param name="unreadable">What the window holds and Exchange cannot give: it has not left. Copies among it are asked for like any
    /// that the view lacks.</param>
    public static IReadOnlyList<RemoteChange> Changes(
        IReadOnlyList<RemoteEvent> view,
        IReadOnlyCollection<SyncedEvent> known,
        IReadOnlyList<RemoteChange.Unreadable>? unreadable = null)
    {
        unreadable ??= [];
        view = Distinct(view);
        var identities = view.Select(e => e.Identity).ToHashSet(StringComparer.Ordinal);
        var copies = known.Where(e => e is { Kind: EventKind.Copy, ItemId: not null })
            .Select(e => e.ItemId!)
            .ToHashSet(StringComparer.Ordinal);
        var withheld = view.Where(e => e.IsWithheld).Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var left = Without(unreadable, known).Where(e => e is { Kind: EventKind.External, Unreadable: null } && !IsHeld(e))
            .Select(e => new RemoteChange.Left(e.Id));
        return [.. left, .. view.Select(e => new RemoteChange.Seen(e)), .. unreadable.Where(p => !copies.Contains(p.ItemId))];

        // One that became private, and comes without its UID, is known by its item alone.
        bool IsHeld(SyncedEvent row) => identities.Contains(row.Identity) || (row.ItemId is { } item && withheld.Contains(item));
    }

    /// <summary>The rows but for those external ones that a window holds and that could not be read just now.</summary>
    public static IReadOnlyCollection<SyncedEvent> Without(
        IReadOnlyList<RemoteChange.Unreadable> unreadable, IReadOnlyCollection<SyncedEvent> known)
    {
        if (unreadable.Count == 0) return known;
        var items = unreadable.Select(p => p.ItemId).ToHashSet(StringComparer.Ordinal);
        return [.. known.Where(e => e.Kind is EventKind.Copy || e.ItemId is null || !items.Contains(e.ItemId))];
    }

    /// <summary>Marks events that have one identity, so that they stay two.</summary>
    public static IReadOnlyList<RemoteEvent> Distinct(IReadOnlyList<RemoteEvent> view)
    {
        var shared = view.GroupBy(e => e.Identity, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .ToHashSet(StringComparer.Ordinal);
        return shared.Count == 0 ? view : [.. view.Select(e => shared.Contains(e.Identity) ? e with { Collides = true } : e)];
    }

    /// <summary>What Exchange could not give before, and the view does not hold either: asked for again.</summary>
    public static IReadOnlyList<SyncedEvent> UnreadableToAskFor(IReadOnlyList<RemoteEvent> view, IReadOnlyCollection<SyncedEvent> known)
    {
        var items = view.Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        return [.. known.Where(e => e is { Unreadable: not null, ItemId: { } item } && !items.Contains(item))];
    }

    /// <summary>
    /// The view has what this row could not be read of, with the same UID and slot, under an id that no older row has: its mailbox gave it
    /// another.
    /// </summary>
    public static bool HasUnderAnotherId(
        IReadOnlyList<RemoteEvent> view, SyncedEvent unreadable, IReadOnlyCollection<SyncedEvent> known) =>
        unreadable is { Kind: EventKind.External, Uid: { } uid }
        && view.Any(e => e.Uid == uid && (e.IsOccurrence ? e.OriginalStart : null) == unreadable.OriginalStart
            && known.All(r => r.ItemId != e.ItemId || TimeOrderedId.GivenAt(r.Id) > TimeOrderedId.GivenAt(unreadable.Id)));

    /// <summary>Copies that the view should hold and does not, although nothing was reported of them.</summary>
    public static IReadOnlyList<SyncedEvent> CopiesThatVanished(
        IReadOnlyList<RemoteEvent> view,
        IReadOnlyCollection<SyncedEvent> known,
        SyncWindow window) =>
        [.. CopiesToAskFor(view, known)
            .Where(c => c is { PushState: PushState.Confirmed, RemovalStaged: false, Hold: null, Unreadable: null, BecameSeries: false,
                Times: { } times } && window.Overlaps(times.Start, times.End))];

    /// <summary>Copies with an item in Exchange that the view does not hold: Exchange has to be asked about each.</summary>
    public static IReadOnlyList<SyncedEvent> CopiesToAskFor(IReadOnlyList<RemoteEvent> view, IReadOnlyCollection<SyncedEvent> known)
    {
        var items = view.Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        return [.. known.Where(e => e is { Kind: EventKind.Copy, ItemId: { } item } && e.PushState is not PushState.Gone
            && !items.Contains(item))];
    }
}
