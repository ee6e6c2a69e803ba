namespace CleanSync.Domain.SyncedEvents;

/// <summary>One try to create a copy in Exchange, committed before it is sent.</summary>
/// <param name="Id">Travels with the item as its CleanSyncAttempt property.</param>
/// <param name="Deadline">When the call is given up; null once the outcome is known.</param>
/// <param name="Uid">The UID of its item: sent with the create, and what Exchange made of it once that was read. Null when it is not known.</param>
public sealed record CreateAttempt(Guid Id, DateTimeOffset? Deadline, string? Uid)
{
    public bool IsOpen => Deadline is not null;

    public static CreateAttempt Opened(Guid id, DateTimeOffset deadline) => new(id, deadline, $"{id:D}@cleansync");
}
