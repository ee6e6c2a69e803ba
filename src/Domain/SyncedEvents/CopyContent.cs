namespace CleanSync.Domain.SyncedEvents;

/// <summary>What a copy of an appointment says in Exchange.</summary>
public sealed record CopyContent(EventTimes Times, string Title, string Location, string Notes);
