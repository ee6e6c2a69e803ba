namespace CleanSync.Domain.SyncedEvents.Copies;

/// <summary>How far a copy has got on its way into Exchange.</summary>
public enum PushState
{
    /// <summary>Nothing is pushed: the event belongs to Exchange.</summary>
    None,

    /// <summary>Waits to be created or updated.</summary>
    Queued,

    /// <summary>Exchange accepted it.</summary>
    Written,

    /// <summary>Read back from Exchange as it was written.</summary>
    Confirmed,

    /// <summary>The last try failed; another follows.</summary>
    Failed,

    /// <summary>Waits to be deleted in Exchange.</summary>
    Withdrawing,

    /// <summary>Deleted in Exchange: by its owner, or by us.</summary>
    Gone,
}
