using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Passes;
using CleanSync.Domain.Syncing.Pulls;

namespace CleanSync.Application.Syncing.Reading;

/// <summary>Asks Exchange about single copies whose whereabouts a change page or a window left open.</summary>
internal sealed class CopySearch(ICalendarFeed feed, ISyncedEventRepository events, SyncOptions options)
{
    /// <summary>
    /// Each copy as it is found now: by its stored id, else by its tag in the calendar. One that is nowhere there has left if the cursor is
    /// unbroken; otherwise it has left if it lies in Deleted Items, and is lost if not: a missing copy is not a cancellation.
    /// </summary>
    public async Task<IReadOnlyList<RemoteChange>> AskFor(
        OpenCalendar calendar, IReadOnlyList<SyncedEvent> copies, bool cursorIsUnbroken, CancellationToken ct)
    {
        var changes = new List<RemoteChange>();
        foreach (var batch in copies.Chunk(options.ReadBatch))
        {
            var readings = await feed.Read(calendar, [.. batch.Select(c => c.ItemId!)], ct);
            foreach (var (copy, reading) in batch.Zip(readings))
            {
                switch (reading)
                {
                    case ItemReading.Found { Event: var found }:
                        changes.Add(new RemoteChange.Seen(found));
                        break;
                    case ItemReading.Unreadable unreadable:
                        changes.Add(new RemoteChange.Unreadable(copy.ItemId!, null, unreadable.ExchangeCode));
                        break;
                    default:
                        changes.AddRange(await ByTag(calendar, copy, cursorIsUnbroken && reading is ItemReading.Missing, ct));
                        break;
                }
            }
        }

        return changes;
    }

    /// <summary>
    /// Every item in the calendar that can be this copy; or that it was deleted; or nothing, as <see cref="AskFor"/> says. What lies in
    /// Deleted Items with the very UID that its open attempt sent is the item, and what has another is somebody's paste of it.
    /// </summary>
    public async Task<IReadOnlyList<RemoteChange>> ByTag(
        OpenCalendar calendar,
        SyncedEvent copy,
        bool cursorIsUnbroken,
        CancellationToken ct)
    {
        var ours = await Ours(calendar.LinkId, copy, await feed.FindCopies(calendar, copy.Id, copy.Times, ct), ct);
        var isDoubtful = copy.OpenAttempt is not null && ours.All(e => !copy.IsSurelyOurs(e.Tag!.AttemptId, e.Uid));
        if (ours.Count > 0 && !isDoubtful) return Found();
        if (cursorIsUnbroken) return ours.Count > 0 ? Found() : [new RemoteChange.Left(copy.Id)];

        var sought = copy.OpenAttempt?.Id ?? copy.ItemAttempt;
        var deleted = (await feed.FindDeletedCopies(calendar, copy.Id, ct))
            .FirstOrDefault(e => copy.CanBeOursDeleted(e.Tag!.AttemptId, e.Uid) && (sought is null || e.Tag.AttemptId == sought)
                && (ours.Count == 0 || copy.IsSurelyOurs(e.Tag.AttemptId, e.Uid)));
        if (deleted is null && ours.Count > 0) return Found();
        return [deleted is null ? new RemoteChange.Lost(copy.Id)
            : new RemoteChange.Left(copy.Id) { Uid = deleted.Uid, Attempt = deleted.Tag!.AttemptId }];

        IReadOnlyList<RemoteChange> Found() => [.. ours.Select(e => new RemoteChange.Seen(e, IsSought: true))];
    }

    /// <summary>
    /// What has a UID of one of our copies and could not be had by its id, found by the copy's tag; nothing where none is of ours.
    /// </summary>
    public async Task<IReadOnlyList<RemoteChange>> ByUid(
        OpenCalendar calendar,
        string? uid,
        IReadOnlyCollection<SyncedEvent> known,
        CancellationToken ct)
    {
        var copy = known.FirstOrDefault(e => e.Kind is EventKind.Copy && e.Attempts.Any(a => a.Uid == uid && uid is not null));
        return copy is null ? [] : [.. (await ByTag(calendar, copy, cursorIsUnbroken: false, ct)).OfType<RemoteChange.Seen>()];
    }

    /// <summary>
    /// Of the items with the copy's tag those that are not known as a person's paste: by their UID, or as an event of somebody's own, which
    /// says nothing while the attempt is open. What an attempt made has the UID that it sent; where Exchange gives others, anything that
    /// carries the attempt.
    /// </summary>
    private async Task<IReadOnlyList<RemoteEvent>> Ours(
        Guid linkId,
        SyncedEvent copy,
        IReadOnlyList<RemoteEvent> tagged,
        CancellationToken ct)
    {
        if (tagged.Count == 0) return [];
        var taken = (await events.Named(linkId, [.. tagged.Select(e => e.ItemId)], [], [], ct))
            .Where(e => e.Kind is EventKind.External or EventKind.Series).ToDictionary(e => e.ItemId!, e => e.Kind, StringComparer.Ordinal);
        var possible = tagged.Where(e => !e.StayedOf(copy) && (IsOutcome(e) || (copy.CanBeOurs(e.Tag!.AttemptId, e.Uid) && IsFree(e))));
        var ours = possible.GroupBy(e => e.Tag!.AttemptId).SelectMany(attempt => attempt.Any(IsSure) ? attempt.Where(IsSure) : attempt);
        return [.. ours.OrderBy(e => e.ItemId, StringComparer.Ordinal)];

        bool IsOutcome(RemoteEvent e) => copy.OpenAttempt is { } open && e.Tag!.AttemptId == open.Id;

        bool IsFree(RemoteEvent e) => !taken.TryGetValue(e.ItemId, out var kind) || (kind is EventKind.Series && IsSure(e));

        bool IsSure(RemoteEvent e) => copy.IsSurelyOurs(e.Tag!.AttemptId, e.Uid);
    }

    /// <summary>
    /// Series that no row knows, with the UID of one of our copies, or one of a create of ours that a restored backup forgot: read, because
    /// only the tag tells whether a copy came back as a series.
    /// </summary>
    public async Task<IReadOnlyList<RemoteChange>> AmongSeries(
        OpenCalendar calendar, IReadOnlyCollection<ThinChange> masters, IReadOnlyCollection<SyncedEvent> known, CancellationToken ct)
    {
        var rows = known.Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var ours = known.SelectMany(e => e.Attempts).Select(a => a.Uid).ToHashSet(StringComparer.Ordinal);
        var changes = new List<RemoteChange>();
        foreach (var batch in masters.Where(m => m.Uid is { } uid && (ours.Contains(uid) || CreateAttempt.IsSent(uid))
            && !rows.Contains(m.ItemId)).Chunk(options.ReadBatch))
        {
            foreach (var (master, reading) in batch.Zip(await feed.Read(calendar, [.. batch.Select(m => m.ItemId)], ct)))
            {
                if (reading is ItemReading.Found { Event: var found }) changes.Add(new RemoteChange.Seen(found, IsSought: true));
                if (reading is ItemReading.Unreadable { ExchangeCode: var code })
                    changes.Add(new RemoteChange.SeriesSeen(master.ItemId, master.ChangeKey ?? "", master.Uid) { UnreadableCode = code });
                if (reading is ItemReading.Missing or ItemReading.UnknownId) changes.AddRange(await ByUid(calendar, master.Uid, known, ct));
            }
        }

        return changes;
    }

    public static IReadOnlySet<string> UidsOfGone(IReadOnlyCollection<SyncedEvent> known) =>
        known.Where(e => e is { Kind: EventKind.Copy, PushState: PushState.Gone })
            .SelectMany(e => e.Attempts).Select(a => a.Uid).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// Items with the UID of a copy that is gone, which no row knows: their owner restored it where no window shows it, and no page tells.
    /// </summary>
    /// <param name="items">With their UIDs.</param>
    public async Task<IReadOnlyList<RemoteChange>> BackOutside(
        OpenCalendar calendar, IReadOnlyDictionary<string, string> items, IReadOnlyCollection<SyncedEvent> known, CancellationToken ct)
    {
        var rows = known.Where(e => e.PushState is not PushState.Gone).Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var changes = new List<RemoteChange>();
        foreach (var batch in items.Keys.Where(i => !rows.Contains(i)).Chunk(options.ReadBatch))
        {
            foreach (var (item, reading) in batch.Zip(await feed.Read(calendar, batch, ct)))
            {
                if (reading is ItemReading.Found { Event: var found }) changes.Add(new RemoteChange.Seen(found, IsSought: true));
                if (reading is ItemReading.Missing or ItemReading.UnknownId)
                    changes.AddRange(await ByUid(calendar, items[item], known, ct));
            }
        }

        return changes;
    }

    /// <summary>
    /// Ids under which an item was seen that has another one by now, because its mailbox was migrated while it was read: one observation
    /// shows what one attempt made, with one UID, under several ids, and asked for all at once only some are there. What is there then is
    /// two items.
    /// </summary>
    /// <param name="known">A copy that was asked for counts as seen.</param>
    public async Task<IReadOnlySet<string>> IdsLeftBehind(
        OpenCalendar calendar,
        IEnumerable<RemoteEvent> seen,
        Whereabouts asked,
        IReadOnlyCollection<SyncedEvent> known,
        CancellationToken ct)
    {
        var former = new HashSet<string>(StringComparer.Ordinal);
        var copies = known.Where(e => e is { Kind: EventKind.Copy, ItemId: { } item } && asked.There.Contains(item))
            .ToDictionary(e => e.Id);
        var doubled = seen.Where(e => e is { Tag.AttemptId: not null, Uid: not null, IsOccurrence: false })
            .GroupBy(e => (e.Tag!.EventId, e.Tag.AttemptId, e.Uid))
            .Select(made => made.Select(e => e.ItemId).Concat(AskedFor(made.First())).Distinct(StringComparer.Ordinal).ToList())
            .Where(items => items.Count > 1);
        foreach (var items in doubled)
        {
            var readings = await feed.Read(calendar, items, ct);
            if (!readings.Any(r => r is ItemReading.Found)) continue;
            former.UnionWith(items.Zip(readings).Where(i => i.Second is ItemReading.Missing or ItemReading.UnknownId).Select(i => i.First));
        }

        // An event of somebody's own is judged by the window alone.
        former.ExceptWith(known.Where(e => e.Kind is EventKind.External).Select(e => e.ItemId!));
        return former;

        IEnumerable<string> AskedFor(RemoteEvent one) =>
            copies.TryGetValue(one.Tag!.EventId, out var copy) && copy.ItemAttempt == one.Tag.AttemptId
            && copy.CanBeOurs(copy.ItemAttempt, one.Uid)
                ? [copy.ItemId!]
                : [];
    }

    /// <summary>
    /// Of the copies whose tag another item carries: the stored items that Exchange still has in the calendar. Then the other item is a
    /// person's copy or a duplicate of ours; otherwise, and where the stored id means nothing any more, it is the copy itself, restored,
    /// moved back, or under a new id.
    /// </summary>
    public async Task<Whereabouts> StillThere(
        OpenCalendar calendar, IReadOnlyCollection<RemoteEvent> seen, IReadOnlyCollection<SyncedEvent> known, CancellationToken ct)
    {
        var stillThere = new HashSet<string>(StringComparer.Ordinal);
        var perhaps = new HashSet<string>(StringComparer.Ordinal);
        var items = seen.Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var tags = seen.Where(e => e.Tag is not null && !e.IsOccurrence).ToLookup(e => e.Tag!.EventId);
        var asked = new List<string>();
        foreach (var copy in known.Where(e => e is { Kind: EventKind.Copy, ItemId: not null } && e.PushState is not PushState.Gone))
        {
            if (tags[copy.Id].All(e => e.ItemId == copy.ItemId || !copy.CanBeOurs(e.Tag!.AttemptId, e.Uid))) continue;
            if (items.Contains(copy.ItemId!)) stillThere.Add(copy.ItemId!);
            else asked.Add(copy.ItemId!);
        }

        foreach (var batch in asked.Chunk(options.ReadBatch))
        {
            var readings = await feed.Read(calendar, batch, ct);
            foreach (var (item, reading) in batch.Zip(readings))
            {
                if (reading is ItemReading.Found) stillThere.Add(item);
                else if (reading is ItemReading.Unreadable) perhaps.Add(item);
            }
        }

        return new Whereabouts(stillThere, perhaps);
    }
}
