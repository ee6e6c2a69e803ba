using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Domain.Syncing.Pulls;

namespace CleanSync.Application.Syncing.Reading;

/// <summary>
/// What one change page means: echoes and replays cost no call, changed items are read, series and unknown deletions ask for the window.
/// </summary>
/// <param name="Contradicted">Items that the page has in the calendar and that Exchange could not find when asked: the window settles
/// it.</param>
internal sealed record PageMeaning(
    IReadOnlyList<RemoteChange> Changes,
    bool WindowDue,
    Whereabouts Asked,
    ChangeMentions Mentions,
    IReadOnlySet<string> Contradicted);

/// <summary>Turns the entries of a change page into changes.</summary>
internal sealed class PageReading(ICalendarFeed feed, ISyncedEventRepository events, CopySearch copies, SyncOptions options)
{
    public async Task<PageMeaning> Read(OpenCalendar calendar, ChangePage page, CancellationToken ct)
    {
        if (page.Changes.Count == 0) return new PageMeaning([], false, Whereabouts.Unasked, ChangeMentions.Nothing, new HashSet<string>());

        var entries = page.Changes.GroupBy(c => c.ItemId, StringComparer.Ordinal).Select(g => g.Last()).ToList();
        var rows = (await events.Named(calendar.LinkId, [.. entries.Select(e => e.ItemId)], [], [], ct))
            .Where(e => e.ItemId is not null).ToDictionary(e => e.ItemId!, StringComparer.Ordinal);
        var changes = new List<RemoteChange>();
        var toRead = new List<ThinChange>();
        var newSeries = new List<ThinChange>();
        var windowDue = false;
        foreach (var entry in entries)
        {
            var row = rows.GetValueOrDefault(entry.ItemId);
            if (entry.Removed)
            {
                windowDue |= row is null or { Kind: EventKind.Series } or { BecameSeries: true };
                if (row is not null) changes.Add(Removed(row));
            }
            else if (row is { Unreadable: { ChangeKey: not null } setAside, RemovalStaged: false } && setAside.ChangeKey == entry.ChangeKey)
            {
                continue; // asked for once in vain; the next reading of the whole window tries again
            }
            else if (row is not null && IsEcho(row, entry, calendar.Settings.ProjectionVersion))
            {
                changes.Add(new RemoteChange.Echo(row.Id, entry.Uid));
            }
            else if (entry.Type is RemoteItemType.SeriesMaster)
            {
                windowDue = true;
                if (row is null or { Kind: EventKind.Series, Unreadable: not null }) newSeries.Add(entry);
                else changes.Add(Series(entry));
            }
            else
            {
                windowDue |= row is { Kind: EventKind.Series } or { BecameSeries: true };
                toRead.Add(entry);
            }
        }

        if (toRead.Count > options.WindowReadThreshold)
        {
            windowDue = true;
            toRead.RemoveAll(entry => !rows.ContainsKey(entry.ItemId));
        }

        // A new series may be a copy that came back as one: only its tag tells.
        toRead.AddRange(newSeries);
        var contradicted = await ReadItems(calendar, toRead, rows, changes, ct);
        await SearchCopies(calendar, contradicted, entries, rows, changes, ct);
        var seen = changes.OfType<RemoteChange.Seen>().Select(c => c.Event).ToList();
        var told = changes.OfType<RemoteChange.SeriesSeen>().Select(s => s.ItemId).Concat(seen.Select(e => e.ItemId)).ToHashSet();
        changes.AddRange(newSeries.Where(s => !told.Contains(s.ItemId)).Select(Series));
        var asked = await Elsewhere(calendar, seen, entries, ct);
        var former = await copies.IdsLeftBehind(calendar, seen, asked, [.. rows.Values], ct);
        changes.RemoveAll(c => c is RemoteChange.Seen { Event.ItemId: var item } && former.Contains(item));
        seen.RemoveAll(e => former.Contains(e.ItemId));
        asked = asked.Without(former);
        foreach (var echo in changes.OfType<RemoteChange.Echo>().Where(e => IsElsewhere(e, rows, seen, asked)).ToList())
        {
            changes.Remove(echo);
        }
        var isUnclear = await TakeAwayFormer(calendar, seen, rows, changes, ct);
        return new PageMeaning(changes, windowDue || isUnclear || contradicted.Count > 0, asked, Mentions(entries, rows), contradicted);
    }

    /// <summary>
    /// What lies under another id by now was moved away and back: where moves are reported as changes, its former id is told with the key
    /// that it had.
    /// </summary>
    private static bool IsElsewhere(
        RemoteChange.Echo echo,
        Dictionary<string, SyncedEvent> rows,
        List<RemoteEvent> seen,
        Whereabouts asked) =>
        rows.Values.First(r => r.Id == echo.EventId) is { ItemId: { } item } copy
        && !asked.MayHold(item)
        && seen.Any(e => e is { Tag: { } tag, IsOccurrence: false } && tag.EventId == copy.Id && e.ItemId != item
            && copy.CanBeOurs(tag.AttemptId, e.Uid));

    private static ChangeMentions Mentions(IReadOnlyList<ThinChange> entries, Dictionary<string, SyncedEvent> rows) => new(
        entries.Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal),
        entries.Select(e => e.Uid ?? rows.GetValueOrDefault(e.ItemId)?.Uid).OfType<string>().ToHashSet(StringComparer.Ordinal),
        entries.Any(e => e.Removed && !rows.ContainsKey(e.ItemId)));

    private static RemoteChange.SeriesSeen Series(ThinChange master) => new(master.ItemId, master.ChangeKey ?? "", master.Uid);

    /// <summary>
    /// A copy that we deleted, and a duplicate that we removed, need no confirmation; neither does a series, whose occurrences the window
    /// tells.
    /// </summary>
    private static RemoteChange Removed(SyncedEvent row) =>
        row.PushState is PushState.Gone || row.Kind is EventKind.Series or EventKind.Stray
        ? new RemoteChange.Left(row.Id)
        : new RemoteChange.Staged(row.Id);

    private static bool IsEcho(SyncedEvent row, ThinChange entry, int projectionVersion) =>
        row.ChangeKey is not null
        && row.ChangeKey == entry.ChangeKey
        && (row.Kind is EventKind.Copy or EventKind.Stray || row.ProjectionVersion == projectionVersion)
        && row.Kind is EventKind.Series == entry.Type is RemoteItemType.SeriesMaster;

    /// <summary>
    /// What Exchange does not find is asked for a second time and alone: one such answer proves nothing. Returns the items that the page
    /// has in the calendar and that were not found then either; nothing of them is decided here. One whose entry does not say that it is in
    /// the calendar, because it left or hides that, has left by the second answer.
    /// </summary>
    private async Task<HashSet<string>> ReadItems(
        OpenCalendar calendar,
        List<ThinChange> entries,
        Dictionary<string, SyncedEvent> rows,
        List<RemoteChange> changes,
        CancellationToken ct)
    {
        var contradicted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in entries.Chunk(options.ReadBatch))
        {
            foreach (var (entry, first) in batch.Zip(await feed.Read(calendar, [.. batch.Select(e => e.ItemId)], ct)))
            {
                var reading = first is ItemReading.UnknownId or ItemReading.Missing { IsElsewhere: false }
                    ? (await feed.Read(calendar, [entry.ItemId], ct))[0]
                    : first;
                switch (reading)
                {
                    case ItemReading.Found { Event: var found }:
                        changes.Add(new RemoteChange.Seen(found));
                        break;
                    case ItemReading.Unreadable unreadable when entry.Type is RemoteItemType.SeriesMaster:
                        changes.Add(Series(entry) with { UnreadableCode = unreadable.ExchangeCode });
                        break;
                    case ItemReading.Unreadable unreadable:
                        changes.Add(new RemoteChange.Unreadable(entry.ItemId, entry.ChangeKey, unreadable.ExchangeCode));
                        break;
                    case ItemReading.Missing or ItemReading.UnknownId when Contradicts(entry, reading):
                        contradicted.Add(entry.ItemId);
                        break;
                    case ItemReading.Missing or ItemReading.NoEvent
                        or ItemReading.UnknownId when rows.TryGetValue(entry.ItemId, out var row):
                        changes.Add(Removed(row));
                        break;
                }
            }
        }

        return contradicted;
    }

    /// <summary>
    /// A copy that the page has and that its id does not find is looked for by its tag, and so is one that only the UID of an entry tells,
    /// because it has another id by now: the window that settles the others does not reach a copy that lies outside it, and what the page
    /// told of it is told only once.
    /// </summary>
    private async Task SearchCopies(
        OpenCalendar calendar,
        HashSet<string> contradicted,
        List<ThinChange> entries,
        Dictionary<string, SyncedEvent> rows,
        List<RemoteChange> changes,
        CancellationToken ct)
    {
        if (contradicted.Count == 0) return;
        var known = await events.OfLink(calendar.LinkId, ct);
        foreach (var entry in entries.Where(e => contradicted.Contains(e.ItemId)))
        {
            IReadOnlyList<RemoteChange> found = rows.GetValueOrDefault(entry.ItemId) switch
            {
                null => await copies.ByUid(calendar, entry.Uid, known, ct),
                { Kind: EventKind.Copy, PushState: not PushState.Gone } copy =>
                    [.. (await copies.ByTag(calendar, copy, cursorIsUnbroken: false, ct)).OfType<RemoteChange.Seen>()],
                _ => [],
            };
            if (found.Count == 0) continue;
            changes.AddRange(found);
            contradicted.Remove(entry.ItemId);
        }
    }

    /// <summary>
    /// The page says, or does not deny, that the item is in the calendar, and the item itself is not to be had, in no folder.
    /// </summary>
    private static bool Contradicts(ThinChange entry, ItemReading reading) =>
        (reading is ItemReading.UnknownId && !entry.IsElsewhere)
            || (entry.ChangeKey is not null && reading is ItemReading.Missing { IsElsewhere: false });

    /// <summary>
    /// A single event that comes under another id has left its former one: where moves are reported as changes, nothing says so. Asked for
    /// by that id, it is not there, and its row is the new item's. Returns whether a former id means nothing: then the window tells whether
    /// it is two events.
    /// </summary>
    private async Task<bool> TakeAwayFormer(
        OpenCalendar calendar,
        List<RemoteEvent> seen,
        Dictionary<string, SyncedEvent> rows,
        List<RemoteChange> changes,
        CancellationToken ct)
    {
        var news = seen.Where(e => e is { Type: RemoteItemType.Single, Uid: not null } && !rows.ContainsKey(e.ItemId))
            .Select(e => e.Uid!)
            .Distinct()
            .ToList();
        if (news.Count == 0) return false;
        var isUnclear = false;
        var here = seen.Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var leaving = changes.OfType<RemoteChange.Staged>().Select(s => s.EventId).ToHashSet();
        var former = (await events.WithUids(calendar.LinkId, news, ct))
            .Where(r => r is { OriginalStart: null, ItemId: { } item, Hold: null, RemovalStaged: false } && !here.Contains(item)
                && !leaving.Contains(r.Id));
        foreach (var batch in former.Chunk(options.ReadBatch))
        {
            foreach (var (row, reading) in batch.Zip(await feed.Read(calendar, [.. batch.Select(r => r.ItemId!)], ct)))
            {
                isUnclear |= reading is ItemReading.UnknownId;
                if (reading is not ItemReading.Missing) continue;
                changes.RemoveAll(c => c is RemoteChange.Echo { EventId: var id } && id == row.Id);
                changes.Insert(0, new RemoteChange.Staged(row.Id));
            }
        }

        return isUnclear;
    }

    /// <summary>Asks about stored copies whose tag came with another item, unless this very page says that they left.</summary>
    private async Task<Whereabouts> Elsewhere(
        OpenCalendar calendar, IReadOnlyList<RemoteEvent> seen, IReadOnlyList<ThinChange> entries, CancellationToken ct)
    {
        var tags = seen.Where(e => e.Tag is not null).Select(e => e.Tag!.EventId).Distinct().ToList();
        if (tags.Count == 0) return Whereabouts.Unasked;
        var left = entries.Where(e => e.Removed).Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var tagged = (await events.Named(calendar.LinkId, [], [], tags, ct)).Where(e => e.ItemId is null || !left.Contains(e.ItemId))
            .ToList();
        return await copies.StillThere(calendar, seen, tagged, ct);
    }
}
