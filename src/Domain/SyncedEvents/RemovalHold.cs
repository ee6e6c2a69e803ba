namespace CleanSync.Domain.SyncedEvents;

/// <summary>Why an event that left Exchange is still here.</summary>
public enum RemovalHold
{
    /// <summary>
    /// The deletion fuse tripped: an admin has to release or reject the removal. Until then the event goes on blocking time.
    /// </summary>
    Held,

    /// <summary>An admin rejected the removal: the event stays until it passes, or comes back in Exchange.</summary>
    Kept,
}
