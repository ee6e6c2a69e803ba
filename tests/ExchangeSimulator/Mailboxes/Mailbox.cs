using System.Globalization;
using CleanSync.ExchangeSimulator.Notifications;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>A mailbox with its folders. Every public member is safe to call from any thread.</summary>
public sealed class Mailbox
{
    private readonly Dictionary<string, StoredItem> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MailFolder> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MailFolder> _distinguished = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredItem> _moved = new(StringComparer.Ordinal);
    private readonly OddAnswers _odd = new();
    private readonly TimeProvider _time;
    private readonly Action<Mailbox, StoredItem> _created;
    private Faults.ChangeReports _reports;
    private long _itemsMade;
    private int _foldersMade;
    private long _changes = 1000;

    internal Mailbox(
        string smtpAddress,
        string displayName,
        CalendarZone zone,
        TimeProvider time,
        Action<Mailbox, StoredItem> created)
    {
        (SmtpAddress, DisplayName, Zone, _time, _created) = (smtpAddress, displayName, zone, time, created);
        Ids = new WireIds(smtpAddress);
        var root = Add("root", "Root", "IPF.Root", null);
        var top = Add("msgfolderroot", "Top of Information Store", "IPF.Note", root);
        foreach (var (id, name, folderClass) in new[]
        {
            ("calendar", "Calendar", "IPF.Appointment"),
            ("contacts", "Contacts", "IPF.Contact"),
            ("deleteditems", "Deleted Items", "IPF.Note"),
            ("drafts", "Drafts", "IPF.Note"),
            ("inbox", "Inbox", "IPF.Note"),
            ("journal", "Journal", "IPF.Journal"),
            ("junkemail", "Junk Email", "IPF.Note"),
            ("notes", "Notes", "IPF.StickyNote"),
            ("outbox", "Outbox", "IPF.Note"),
            ("sentitems", "Sent Items", "IPF.Note"),
            ("tasks", "Tasks", "IPF.Task"),
        }) Add(id, name, folderClass, top);
        Add("recoverableitemsdeletions", "Deletions", "IPF.Note", root);
        Add(null, "Other Calendar", "IPF.Appointment", _distinguished["calendar"]);
        Person = new Person(this);
    }

    public string SmtpAddress { get; }
    public string DisplayName { get; }
    public CalendarZone Zone { get; }

    /// <summary>The owner of the mailbox, working in Outlook.</summary>
    public Person Person { get; }

    /// <summary>The items of the default calendar: singles and masters.</summary>
    public IReadOnlyList<CalendarEntry> Calendar => ItemsIn("calendar");

    public IReadOnlyList<CalendarEntry> DeletedItems => ItemsIn("deleteditems");

    public string CalendarFolderId => Distinguished("calendar").Id;

    /// <summary>The item of that id, wherever it is; an occurrence by its own id; null when it is gone.</summary>
    public CalendarEntry? Find(string itemId)
    {
        lock (Gate) return Entry(itemId);
    }

    /// <summary>What the change feed hears of what happens from now on.</summary>
    public Faults.ChangeReports Reports
    {
        get => _reports;
        set
        {
            lock (Gate)
            {
                _reports = value;
                if (value is Faults.ChangeReports.AtOnce) foreach (var folder in Folders) folder.ReportLate();
            }
        }
    }

    /// <summary>Breaks an item, or mends it (null); its change key stays.</summary>
    public void Corrupt(string itemId, Faults.Corruption? corruption)
    {
        lock (Gate) (Item(itemId) ?? throw EwsRefusedException.ItemNotFound()).Corruption = corruption;
    }

    /// <summary>
    /// What is asked for by that id of an item is answered with that code, whatever there is: so often, or for ever (null).
    /// </summary>
    public void AnswersOddly(string itemId, string code, int? times = null)
    {
        lock (Gate) _odd.Add(itemId, code, times);
    }

    /// <summary>
    /// Every item has a new id from now on, as after a migration; UIDs, change keys and content stay. Former ids answer with that code.
    /// </summary>
    /// <param name="foldersToo">The mailbox has a new GUID: its folders have new ids as well.</param>
    /// <returns>The new id of each item by its former one.</returns>
    public IReadOnlyDictionary<string, string> GivesNewIds(string formerIdsAnswer, bool foldersToo = false)
    {
        lock (Gate)
        {
            var former = _items.Values.ToList();
            foreach (var item in former) _odd.Add(item.Id, formerIdsAnswer, null);
            var ids = former.ToDictionary(item => item.Id, item => Move(item, item.Folder).Id, StringComparer.Ordinal);
            foreach (var folder in foldersToo ? _folders.Values.ToList() : [])
            {
                _odd.Add(folder.Id, formerIdsAnswer, null);
                _folders.Remove(folder.Id);
                folder.Renumber(Ids.Folder(++_foldersMade));
                _folders.Add(folder.Id, folder);
            }

            return ids;
        }
    }

    /// <summary>Has an item told otherwise than it is, or as it is (null); its change key stays.</summary>
    public void Tells(string itemId, Faults.Oddity? oddity)
    {
        lock (Gate) (Item(itemId) ?? throw EwsRefusedException.ItemNotFound()).Oddity = oddity;
    }

    /// <summary>
    /// The default calendar is an empty folder from now on, as after a repair of the mailbox; the one before keeps its items under the name
    /// that is returned.
    /// </summary>
    public string ReplaceCalendar()
    {
        lock (Gate)
        {
            var (before, name) = (
                Distinguished("calendar"), string.Create(CultureInfo.InvariantCulture, $"Former Calendar {_folders.Count}"));
            before.Retire(name);
            _distinguished.Remove("calendar");
            var calendar = Add("calendar", "Calendar", before.FolderClass, before.Parent);
            foreach (var (account, level) in before.Rights) calendar.Rights[account] = level;
            return name;
        }
    }

    /// <summary>The default calendar between two instants as its owner sees it, series expanded.</summary>
    public IReadOnlyList<CalendarEntry> View(DateTimeOffset from, DateTimeOffset to)
    {
        lock (Gate) return Distinguished("calendar").View(from, to);
    }

    /// <summary>The items of the folder of that distinguished or display name.</summary>
    public IReadOnlyList<CalendarEntry> ItemsIn(string folderName)
    {
        lock (Gate) return [.. Named(folderName).Items.Select(i => i.Snapshot())];
    }

    internal object Gate { get; } = new();

    /// <summary>Hears of each change of an item; called under the gate.</summary>
    internal Action<MailboxEvent>? Happened { get; set; }

    internal WireIds Ids { get; }

    internal IReadOnlyList<MailFolder> Folders
    {
        get
        {
            lock (Gate) return [.. _folders.Values];
        }
    }

    internal MailFolder Distinguished(string id) =>
        _distinguished.TryGetValue(id, out var folder) ? folder : throw EwsRefusedException.FolderNotFound();

    internal MailFolder Named(string name) =>
        _distinguished.GetValueOrDefault(name)
            ?? _folders.Values.FirstOrDefault(f => f.DisplayName == name)
            ?? throw EwsRefusedException.FolderNotFound();

    /// <summary>The code with which the id of an item or folder is answered this time; null as a rule.</summary>
    internal string? OddAnswer(string id)
    {
        lock (Gate) return _odd.Next(id);
    }

    internal MailFolder? Folder(string id)
    {
        lock (Gate) return _folders.GetValueOrDefault(id);
    }

    internal StoredItem? Item(string id) => _items.GetValueOrDefault(id);

    /// <summary>What became of an item that was moved, under the id that it had; null when it is gone.</summary>
    internal CalendarEntry? MovedAway(string id)
    {
        var now = _moved.GetValueOrDefault(id);
        while (now is not null && _moved.TryGetValue(now.Id, out var next)) now = next;
        return now is not null && Item(now.Id) == now ? now.Under(id) : null;
    }

    /// <summary>The entry behind an item or occurrence id; null when there is none any more.</summary>
    internal CalendarEntry? Entry(string id)
    {
        if (!WireIds.IsOccurrence(id)) return Item(id)?.Snapshot();
        if (WireIds.SplitOccurrence(id) is not var (masterId, slot) || Item(masterId) is not { Series: { } series } master) return null;
        return series.HasSlot(slot) && !series.Deleted.Contains(slot) ? master.Occurrence(slot) : null;
    }

    internal StoredItem Create(
        MailFolder folder,
        EventFields fields,
        Series? series,
        string? uid,
        string creator,
        StoredItem? copyOf = null)
    {
        var (checkedFields, checkedSeries) = Checked(fields, series);
        var now = _time.GetUtcNow();
        var item = new StoredItem
        {
            Id = Ids.Item(++_itemsMade),
            Number = _itemsMade,
            Uid = uid ?? NewUid(_itemsMade),
            Folder = folder,
            Fields = checkedFields,
            Series = checkedSeries,
            ChangeNumber = ++_changes,
            Creator = creator,
            Created = now,
            Modified = now,
        };
        _items[item.Id] = item;
        folder.Put(item);
        _created(this, item);
        Tell(copyOf is null ? MailboxEventKind.Created : MailboxEventKind.Copied, item, copyOf);
        return item;
    }

    internal void Change(StoredItem item, EventFields fields, Series? series, string by)
    {
        (item.Fields, item.Series) = Checked(fields, series);
        Touch(item, by);
    }

    /// <summary>A write that changes nothing visible, as the calendar assistants make: the change key moves.</summary>
    internal void Touch(StoredItem item, string by)
    {
        item.ChangeNumber = ++_changes;
        item.Modified = _time.GetUtcNow();
        item.ModifiedBy = by;
        item.Folder.Put(item);
        Tell(MailboxEventKind.Modified, item);
    }

    /// <summary>Moves an item: the id is new, the change key is not.</summary>
    internal StoredItem Move(StoredItem item, MailFolder target)
    {
        _items.Remove(item.Id);
        item.Folder.Drop(item);
        var moved = new StoredItem
        {
            Id = Ids.Item(++_itemsMade),
            Number = _itemsMade,
            Uid = item.Uid,
            Folder = target,
            Fields = item.Fields,
            Series = item.Series,
            ChangeNumber = item.ChangeNumber,
            Creator = item.Creator,
            Created = item.Created,
            Modified = item.Modified,
            ModifiedBy = item.ModifiedBy,
        };
        _items[moved.Id] = moved;
        _moved[item.Id] = moved;
        target.Put(moved);
        Tell(MailboxEventKind.Moved, moved, item);
        return moved;
    }

    internal void Remove(StoredItem item)
    {
        _items.Remove(item.Id);
        item.Folder.Drop(item);
        Tell(MailboxEventKind.Deleted, item);
    }

    private void Tell(MailboxEventKind kind, StoredItem item, StoredItem? from = null) =>
        Happened?.Invoke(new MailboxEvent(kind, _time.GetUtcNow(), item.Id, item.Snapshot().ChangeKey, item.Folder, from is null ? null
            : (from.Id, from.Snapshot().ChangeKey, from.Folder)));

    private static (EventFields, Series?) Checked(EventFields fields, Series? series)
    {
        fields = fields.Aligned();
        if (fields.End < fields.Start)
            throw new EwsRefusedException("ErrorCalendarEndDateIsEarlierThanStartDate", "EndDate is earlier than StartDate");
        if (fields.End - fields.Start > TimeSpan.FromDays(5 * 366))
            throw new EwsRefusedException("ErrorCalendarDurationIsTooLong", "The duration of the calendar item is too long.");
        if (series is null) return (fields, null);
        if (series.Slots().Select(s => (Slot?)s).FirstOrDefault() is not { } first)
            throw new EwsRefusedException("ErrorRecurrenceHasNoOccurrence", "The recurrence has no occurrence.");
        // A start that the pattern does not meet goes to the first date that it does.
        var start = fields.StartZone.Local(fields.Start);
        return DateOnly.FromDateTime(start.DateTime) == first.Date
            ? (fields, series)
            : (new Series(series.Pattern, series.Range).Occurrence(fields, first.Date), series);
    }

    private string NewUid(long number) => string.Create(
        CultureInfo.InvariantCulture,
        $"040000008200E00074C5B7101A82E00800000000{Convert.ToHexString(Convert.FromBase64String(WireIds.MailboxPart(SmtpAddress)))}{number:X16}");

    /// <summary>A folder that holds nothing any more leaves the mailbox.</summary>
    internal void Remove(MailFolder folder) => _folders.Remove(folder.Id);

    internal MailFolder Add(string? distinguishedId, string name, string folderClass, MailFolder? parent)
    {
        var folder = new MailFolder(this, Ids.Folder(++_foldersMade), distinguishedId, name, folderClass, parent);
        _folders.Add(folder.Id, folder);
        if (distinguishedId is not null) _distinguished.Add(distinguishedId, folder);
        return folder;
    }
}
