using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.Pulls;

namespace CleanSync.Application.Syncing.Reading;

/// <summary>
/// Asks again for what Exchange could not give: only when the whole window is read, because in between it would be in vain.
/// </summary>
internal sealed class UnreadableItems(ICalendarFeed feed, CopySearch copies, SyncOptions options)
{
    /// <param name="untold">Rows whose items a change feed that was read whole does not have: an id of theirs that means nothing is
    /// gone.</param>
    public async Task<IReadOnlyList<RemoteChange>> AskAgain(
        OpenCalendar calendar,
        IReadOnlyList<RemoteEvent> view,
        IReadOnlyCollection<SyncedEvent> known,
        IReadOnlySet<Guid> untold,
        CancellationToken ct)
    {
        var rows = WindowReading.UnreadableToAskFor(view, known).ToLookup(e => e.Kind is EventKind.Copy);
        var changes = new List<RemoteChange>(await copies.AskFor(calendar, [.. rows[true]], cursorIsUnbroken: false, ct));
        foreach (var batch in rows[false].Chunk(options.ReadBatch))
        {
            foreach (var (row, reading) in batch.Zip(await feed.Read(calendar, [.. batch.Select(e => e.ItemId!)], ct)))
            {
                RemoteChange? change = reading switch
                {
                    ItemReading.Found { Event: var found } => new RemoteChange.Seen(found),
                    ItemReading.Unreadable { ExchangeCode: var code } =>
                        new RemoteChange.Unreadable(row.ItemId!, row.Unreadable!.ChangeKey, code),
                    ItemReading.Missing or ItemReading.NoEvent => new RemoteChange.Left(row.Id),
                    ItemReading.UnknownId when untold.Contains(row.Id) || WindowReading.HasUnderAnotherId(view, row, known) =>
                        new RemoteChange.Left(row.Id),
                    _ => null, // what its id no longer tells, it stays as it was
                };
                if (change is not null) changes.Add(change);
            }
        }

        return changes;
    }
}
