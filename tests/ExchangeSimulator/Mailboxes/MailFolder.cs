using System.Collections.Concurrent;
using CleanSync.ExchangeSimulator.Faults;

namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>A folder of a mailbox with its items and their history.</summary>
internal sealed class MailFolder(
    Mailbox mailbox,
    string id,
    string? distinguishedId,
    string displayName,
    string folderClass,
    MailFolder? parent)
{
    private readonly Dictionary<string, StoredItem> _items = new(StringComparer.Ordinal);
    private readonly List<(string ItemId, bool IsDelete)> _late = [];

    public Mailbox Mailbox { get; } = mailbox;
    public string Id { get; private set; } = id;
    public string? DistinguishedId { get; private set; } = distinguishedId;
    public string DisplayName { get; private set; } = displayName;
    public string FolderClass { get; } = folderClass;
    public MailFolder? Parent { get; private set; } = parent;
    public ChangeLog Log { get; } = new();
    public ConcurrentDictionary<string, FolderLevel> Rights { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool IsCalendar => FolderClass == "IPF.Appointment";
    public int Count => _items.Count;
    public IEnumerable<StoredItem> Items => _items.Values;

    public StoredItem? Find(string id) => _items.GetValueOrDefault(id);

    public void Put(StoredItem item)
    {
        _items[item.Id] = item;
        Report(item.Id, isDelete: false);
    }

    public void Drop(StoredItem item)
    {
        _items.Remove(item.Id);
        Report(item.Id, isDelete: true);
    }

    /// <summary>Another folder has taken its place: it stays with its items, under another name.</summary>
    public void Retire(string name) => (DistinguishedId, DisplayName) = (null, name);

    /// <summary>It lies in another folder from now on, with all that is in it.</summary>
    public void MoveTo(MailFolder above, string name) => (Parent, DisplayName) = (above, name);

    public bool IsBelow(MailFolder above) => Parent is { } next && (next == above || next.IsBelow(above));

    /// <summary>Its mailbox has a new GUID.</summary>
    public void Renumber(string newId) => Id = newId;

    /// <summary>What was kept back is reported now.</summary>
    public void ReportLate()
    {
        foreach (var (itemId, isDelete) in _late) Log.Append(itemId, isDelete);
        _late.Clear();
    }

    /// <summary>Everything that a person sees in that window, series expanded, in order of start.</summary>
    public List<CalendarEntry> View(DateTimeOffset from, DateTimeOffset to)
    {
        var entries = new List<CalendarEntry>();
        foreach (var item in _items.Values)
        {
            if (item.Series is { } series)
                entries.AddRange(series.Overlapping(item.Fields, from, to).Select(item.Occurrence));
            else if (Recurring.Series.Overlaps(item.Fields, from, to))
                entries.Add(item.Snapshot());
        }
        entries.Sort((a, b) => a.Fields.Start != b.Fields.Start ? a.Fields.Start.CompareTo(b.Fields.Start)
            : string.CompareOrdinal(a.ItemId, b.ItemId));
        return entries;
    }

    private void Report(string itemId, bool isDelete)
    {
        if (Mailbox.Reports is ChangeReports.AtOnce) Log.Append(itemId, isDelete);
        if (Mailbox.Reports is ChangeReports.Late) _late.Add((itemId, isDelete));
    }
}
