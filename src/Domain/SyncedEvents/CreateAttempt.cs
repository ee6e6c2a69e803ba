namespace CleanSync.Domain.SyncedEvents;

/// <summary>One try to create a copy in Exchange, committed before it is sent.</summary>
/// <param name="Id">Travels with the item as its CleanSyncAttempt property.</param>
/// <param name="Deadline">When the call is given up; null once the outcome is known.</param>
public sealed record CreateAttempt(Guid Id, DateTimeOffset? Deadline)
{
    public bool IsOpen => Deadline is not null;
}
