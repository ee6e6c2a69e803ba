using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing;

/// <summary>What a pass took away from the booking side because it left Exchange, with what it takes to bring it back.</summary>
/// <param name="Event">An external event as it was; or a copy, with the times of its appointment.</param>
public sealed record RemovedEvent(Guid Id, DateTimeOffset RemovedAt, SyncedEvent Event)
{
    /// <summary>How long a removal can be undone.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>
    /// An external event as it blocks time again. Nothing is written to Exchange, where it belongs to somebody else: it stays until it
    /// passes, or comes back in Exchange.
    /// </summary>
    public SyncedEvent Kept(Guid id) =>
        Event with { Id = id, ChangeKey = null, Hold = RemovalHold.Kept, RemovalStaged = false, Version = 0 };
}

/// <summary>What can be brought back.</summary>
public interface IRemovedEvents
{
    /// <summary>Null when there is none of that id in the link.</summary>
    Task<RemovedEvent?> Find(Guid linkId, Guid id, CancellationToken ct);
}
