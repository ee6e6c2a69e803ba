namespace CleanSync.ExchangeSimulator.Mailboxes;

internal enum ChangeKind { Create, Update, Delete }

/// <summary>What a pass hears of one item, in its latest state.</summary>
internal readonly record struct Change(ChangeKind Kind, string ItemId, StoredItem? Item);

/// <summary>
/// The monotonic history of one folder. A pass reads a range of it, from one end to the other; an item that changes
/// meanwhile is told again in the next range, as an Update, as the real server does.
/// </summary>
internal sealed class ChangeLog
{
    private const long Never = long.MaxValue;
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, (long First, long Last)> _known = new(StringComparer.Ordinal);

    private struct Entry
    {
        public string ItemId;
        public bool IsDelete;
        public long Next;
    }

    public long Top => _entries.Count;

    public void Append(string itemId, bool isDelete)
    {
        var sequence = _entries.Count + 1L;
        if (_known.TryGetValue(itemId, out var known))
        {
            var entry = _entries[(int)known.Last - 1];
            entry.Next = sequence;
            _entries[(int)known.Last - 1] = entry;
            _known[itemId] = (known.First, sequence);
        }
        else
        {
            _known[itemId] = (sequence, sequence);
        }
        _entries.Add(new Entry { ItemId = itemId, IsDelete = isDelete, Next = Never });
    }

    /// <summary>At most <paramref name="limit"/> changes of the range, newest or oldest first, and the position behind them.</summary>
    public (List<Change> Changes, SyncPosition Next) Read(
        SyncPosition position,
        int limit,
        bool oldestFirst,
        Func<string, StoredItem?> find)
    {
        var changes = new List<Change>(Math.Min(limit, 512));
        var (low, upper, cursor) = position.IsInsideARange ? position : new SyncPosition(position.Low, Top, Top);
        for (; cursor > low; cursor--)
        {
            // Entries behind the page that say nothing any more must not cost the client another call.
            var entry = _entries[(int)(oldestFirst ? low + upper - cursor : cursor - 1)];
            if (entry.Next <= upper || Tell(entry, low, find) is not { } change) continue;
            if (changes.Count == limit) break;
            changes.Add(change);
        }
        return (changes, cursor > low ? new SyncPosition(low, upper, cursor) : new SyncPosition(upper, 0, 0));
    }

    private Change? Tell(Entry entry, long low, Func<string, StoredItem?> find)
    {
        var isNew = _known[entry.ItemId].First > low;
        if (entry.IsDelete) return isNew ? null : new Change(ChangeKind.Delete, entry.ItemId, null);
        if (find(entry.ItemId) is not { } item) return null;
        return new Change(isNew ? ChangeKind.Create : ChangeKind.Update, entry.ItemId, item);
    }
}

/// <summary>
/// How far a client has read: everything up to Low, and of the range up to Upper all but the last Cursor - Low entries in its order.
/// </summary>
internal readonly record struct SyncPosition(long Low, long Upper, long Cursor)
{
    public bool IsInsideARange => Upper > 0;
}
