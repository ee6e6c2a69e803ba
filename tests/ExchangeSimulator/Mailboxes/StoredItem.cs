using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.ExchangeSimulator.Mailboxes;

/// <summary>An item in a folder: a single or a master. Touched only under its mailbox's lock.</summary>
internal sealed class StoredItem
{
    public required string Id { get; init; }

    /// <summary>Which of the mailbox's items it is, in the order in which they came.</summary>
    public required long Number { get; init; }
    public required string Uid { get; set; }
    public required MailFolder Folder { get; init; }
    public required EventFields Fields { get; set; }
    public Series? Series { get; set; }
    public required long ChangeNumber { get; set; }
    public required string Creator { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required DateTimeOffset Modified { get; set; }
    public string? ModifiedBy { get; set; }
    public Faults.Corruption? Corruption { get; set; }
    public Faults.Oddity? Oddity { get; set; }

    public CalendarEntry Snapshot() => Under(Id);

    /// <summary>As it is, under an id that it had before.</summary>
    public CalendarEntry Under(string id) =>
        new(this, id, Series is null ? CalendarItemType.Single : CalendarItemType.RecurringMaster, Fields, null);

    /// <summary>The occurrence on that slot of the pattern; the caller knows that it exists.</summary>
    public CalendarEntry Occurrence(DateOnly slot) => new(
        this,
        WireIds.Occurrence(Id, slot),
        Series!.Exceptions.ContainsKey(slot) ? CalendarItemType.Exception : CalendarItemType.Occurrence,
        Series.Occurrence(Fields, slot),
        slot);
}
