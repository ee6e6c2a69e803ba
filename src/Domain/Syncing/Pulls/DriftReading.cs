using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>
/// Says which external events a nightly read found otherwise than they are stored: added, changed or removed, although no change report of
/// the same pass named them. They are drift unless the next pass explains them (<see cref="LinkDrift"/>).
/// </summary>
public static class DriftReading
{
    /// <summary>
    /// The part of the window in which every difference has to have a reason: what the last read and this one both cover. Null when they
    /// cannot be compared: the first read, another reason than a new day, a moved horizon or zone, another projection.
    /// </summary>
    public static SyncWindow? Comparable(StaffCalendarLink link, SyncWindow now, int horizonMonths, int projectionVersion)
    {
        if (link.WindowReadOn is not { } day || day == now.Day || link.WindowReadDue || link.ProjectionVersion != projectionVersion)
            return null;
        var zone = CalendarZone.FindOrUtc(link.TimeZone);
        var before = SyncWindow.Of(day, horizonMonths, zone);
        if (before.End != link.WindowEnd) return null;
        var shared =
            now with { Start = before.Start > now.Start ? before.Start : now.Start, End = before.End < now.End ? before.End : now.End };
        return shared.End > shared.Start ? shared : null;
    }

    /// <param name="shared">As <see cref="Comparable"/> gave it.</param>
    /// <param name="known">The link's rows before the window was read.</param>
    /// <param name="mentions">What the change reports of this pass named.</param>
    public static IReadOnlyList<DriftSuspect> Suspects(
        SyncWindow shared,
        IReadOnlyList<RemoteEvent> view,
        IReadOnlyCollection<SyncedEvent> known,
        bool showTitles,
        ChangeMentions mentions)
    {
        var ours = known.Where(e => e.Kind is not (EventKind.External or EventKind.Series))
            .SelectMany(e => e.Attempts.Select(a => a.Uid).Append(e.Uid).Append(e.ItemId))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var external = known.Where(e => e.Kind is EventKind.External).ToDictionary(e => e.Identity, StringComparer.Ordinal);
        var seen = view.Select(e => e.Identity).ToHashSet(StringComparer.Ordinal);

        var differing = view.Where(e => !IsOurs(e) && Differs(e, external.GetValueOrDefault(e.Identity), shared, showTitles))
            .Select(e => new DriftSuspect(e.ItemId, e.IsOccurrence ? e.Uid : null));
        var removed = external.Values
            .Where(e => e is { Unreadable: null, Hold: null, RemovalStaged: false, ItemId: not null, Times: { } times }
                && shared.Overlaps(times.Start, times.End) && !seen.Contains(e.Identity) && !ours.Contains(e.Uid ?? ""))
            .Select(e => new DriftSuspect(e.ItemId!, e.OriginalStart is null ? null : e.Uid));
        return [.. differing.Concat(removed).Where(s => !mentions.Explain(s))];

        bool IsOurs(RemoteEvent e) => e.Tag is not null
            || e.Collides
            || (e.IsOccurrence && e.Uid is null)
            || ours.Contains(e.ItemId)
            || (e.Uid is { } uid && ours.Contains(uid));
    }

    /// <summary>
    /// A version that changes nothing to be seen is no drift, nor is what Exchange could not give before or cannot give now.
    /// </summary>
    private static bool Differs(RemoteEvent seen, SyncedEvent? stored, SyncWindow shared, bool showTitles)
    {
        if (stored is null) return EventFilter.Counts(seen, shared);
        if (stored is not { Unreadable: null, Hold: null, RemovalStaged: false, Times: { } times } || seen.UnreadableCode is not null)
            return false;
        if (!shared.Overlaps(times.Start, times.End) && !shared.Overlaps(seen.Times.Start, seen.Times.End)) return false;
        var shown = EventTitle.MayBeShown(showTitles, seen.IsPrivate);
        return !seen.Times.SameSpan(times)
            || seen.FreeBusy != stored.FreeBusy
            || seen.IsCancelled
            || seen.IsPrivate != stored.IsPrivate
            || (shown && (seen.Title != stored.Title || seen.Location != stored.Location));
    }
}
