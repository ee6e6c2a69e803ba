namespace CleanSync.Domain.SyncedEvents.Copies;

/// <summary>What a copy of an appointment says in Exchange.</summary>
/// <param name="TimesRevision">Of the appointment.</param>
public sealed record CopyContent(
    EventTimes Times,
    int TimesRevision,
    string Title,
    string Location,
    string Notes)
{
    /// <summary>Never the texts: client details must not reach a log by way of a record.</summary>
    public override string ToString() => $"content at {Times.Start:u}";
}
