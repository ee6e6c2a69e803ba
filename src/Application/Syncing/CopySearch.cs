using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;

namespace CleanSync.Application.Syncing;

/// <summary>Asks Exchange about single copies whose whereabouts a change page or a window left open.</summary>
internal sealed class CopySearch(ICalendarFeed feed, ISyncedEventRepository events, SyncOptions options)
{
    /// <summary>
    /// Each copy as it is found now: by its stored id, else by its tag in the calendar, else in Deleted Items.
    /// One that is nowhere has left if the cursor is unbroken, and is lost otherwise: a missing copy is not a cancellation.
    /// </summary>
    public async Task<(IReadOnlyList<RemoteChange> Changes, IReadOnlyList<SyncWarning> Warnings)> AskFor(
        MailboxTurn turn, CalendarAccess access, IReadOnlyList<SyncedEvent> copies, bool cursorIsUnbroken, CancellationToken ct)
    {
        var changes = new List<RemoteChange>();
        var warnings = new List<SyncWarning>();
        foreach (var batch in copies.Chunk(options.ReadBatch))
        {
            await turn.Reserve(ct);
            var readings = await feed.Read(access, [.. batch.Select(c => c.ItemId!)], ct);
            foreach (var (copy, reading) in batch.Zip(readings))
            {
                switch (reading)
                {
                    case ItemReading.Found { Event: var found }:
                        changes.Add(new RemoteChange.Seen(found));
                        break;
                    case ItemReading.Unreadable unreadable:
                        warnings.Add(SyncWarning.PoisonItem(unreadable.ExchangeCode));
                        break;
                    default:
                        changes.AddRange(await ByTag(turn, access, copy, cursorIsUnbroken, ct));
                        break;
                }
            }
        }

        return (changes, warnings);
    }

    /// <summary>
    /// Every item with this copy's tag in the calendar; or that it was deleted; or nothing, as <see cref="AskFor"/> says. What is known as
    /// somebody's own event is not the copy, although a person who copies an item copies its tag.
    /// </summary>
    public async Task<IReadOnlyList<RemoteChange>> ByTag(MailboxTurn turn, CalendarAccess access, SyncedEvent copy, bool cursorIsUnbroken, CancellationToken ct)
    {
        await turn.Reserve(ct);
        var tagged = await feed.FindCopies(access, copy.Id, copy.Times, ct);
        var others = (await events.Named(turn.LinkId, [.. tagged.Select(t => t.Event.ItemId)], [], [], ct))
            .Where(e => e.Kind is EventKind.External).Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var inCalendar = tagged.Where(t => !t.Deleted && !others.Contains(t.Event.ItemId)).OrderBy(t => t.Event.ItemId, StringComparer.Ordinal).ToList();
        if (inCalendar.Count > 0) return [.. inCalendar.Select(t => new RemoteChange.Seen(t.Event))];
        return cursorIsUnbroken || tagged.Any(t => t.Deleted) ? [new RemoteChange.Left(copy.Id)] : [new RemoteChange.Lost(copy.Id)];
    }

    /// <summary>
    /// Of the copies whose tag another item carries: the stored items that Exchange still has in the calendar. Then the other item is a person's copy
    /// or a duplicate of ours; otherwise it is the copy itself, restored or moved back.
    /// </summary>
    public async Task<IReadOnlySet<string>> StillThere(
        MailboxTurn turn, CalendarAccess access, IReadOnlyCollection<RemoteEvent> seen, IReadOnlyCollection<SyncedEvent> known, CancellationToken ct)
    {
        var stillThere = new HashSet<string>(StringComparer.Ordinal);
        var items = seen.Select(e => e.ItemId).ToHashSet(StringComparer.Ordinal);
        var tags = seen.Where(e => e.Tag is not null && !e.IsOccurrence).ToLookup(e => e.Tag!.EventId, e => e.ItemId);
        var asked = new List<string>();
        foreach (var copy in known.Where(e => e is { Kind: EventKind.Copy, ItemId: not null } && e.PushState is not PushState.Gone))
        {
            if (tags[copy.Id].All(item => item == copy.ItemId)) continue;
            if (items.Contains(copy.ItemId!)) stillThere.Add(copy.ItemId!);
            else asked.Add(copy.ItemId!);
        }

        foreach (var batch in asked.Chunk(options.ReadBatch))
        {
            await turn.Reserve(ct);
            var readings = await feed.Read(access, batch, ct);
            foreach (var (item, reading) in batch.Zip(readings))
            {
                if (reading is not ItemReading.Missing) stillThere.Add(item);
            }
        }

        return stillThere;
    }
}
