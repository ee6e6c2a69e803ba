using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>One line of a calendar as it was at the moment of asking: a single, an occurrence, an exception or a master.</summary>
public sealed class CalendarEntry
{
    internal CalendarEntry(
        StoredItem item,
        string id,
        CalendarItemType type,
        EventFields fields,
        DateOnly? slot)
    {
        (ItemId, Type, Fields, Slot) = (id, type, fields, slot);
        (MasterId, Uid, Series, ChangeNumber) = (slot is null ? null : item.Id, item.Uid, item.Series, item.ChangeNumber);
        (Folder, Master, Creator, Created, Modified) = (item.Folder, item.Fields, item.Creator, item.Created, item.Modified);
        (Corruption, Oddity) = (item.Corruption, item.Oddity);
        Number = item.Number;
        ModifiedBy = item.ModifiedBy ?? item.Creator;
    }

    public string ItemId { get; }
    public CalendarItemType Type { get; }
    public EventFields Fields { get; }
    public string? MasterId { get; }
    public string Uid { get; }
    public Series? Series { get; }
    public string ChangeKey => Folder.Mailbox.Ids.ChangeKey(ChangeNumber);
    public DateTimeOffset Created { get; }
    public DateTimeOffset Modified { get; }

    /// <summary>Who created the item: an account's UPN or the mailbox's own address.</summary>
    public string Creator { get; }
    public string ModifiedBy { get; }

    /// <summary>The folder's distinguished name or, without one, its display name.</summary>
    public string FolderName => Folder.DistinguishedId ?? Folder.DisplayName;

    /// <summary>For occurrences and exceptions: where the pattern had put them.</summary>
    public DateTimeOffset? OriginalStart => Slot is { } slot ? Recurring.Series.OriginalStart(Master, slot) : null;

    /// <summary>Null of a sound item.</summary>
    public Faults.Corruption? Corruption { get; }

    /// <summary>Null of an item that is told as it is.</summary>
    public Faults.Oddity? Oddity { get; }

    internal MailFolder Folder { get; }
    internal EventFields Master { get; }
    internal DateOnly? Slot { get; }
    internal long ChangeNumber { get; }
    internal long Number { get; }
}
