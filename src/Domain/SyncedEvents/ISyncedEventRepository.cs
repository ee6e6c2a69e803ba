namespace CleanSync.Domain.SyncedEvents;

public interface ISyncedEventRepository
{
    Task<SyncedEvent?> Find(Guid id, CancellationToken ct);

    /// <summary>All rows of a link, of every kind.</summary>
    Task<IReadOnlyList<SyncedEvent>> OfLink(Guid linkId, CancellationToken ct);

    /// <summary>The rows of a link that any of these names: item id (bytewise), identity, or own id.</summary>
    Task<IReadOnlyList<SyncedEvent>> Named(
        Guid linkId,
        IReadOnlyCollection<string> itemIds,
        IReadOnlyCollection<string> identities,
        IReadOnlyCollection<Guid> ids,
        CancellationToken ct);

    /// <summary>The external events of a link that have one of these UIDs.</summary>
    Task<IReadOnlyList<SyncedEvent>> WithUids(Guid linkId, IReadOnlyCollection<string> uids, CancellationToken ct);

    /// <summary>The rows of a link whose removal is staged, and its copies that were written but not read back yet.</summary>
    Task<IReadOnlyList<SyncedEvent>> Unsettled(Guid linkId, CancellationToken ct);

    /// <summary>Copies of all links.</summary>
    Task<IReadOnlyList<SyncedEvent>> CopiesOf(IReadOnlyCollection<Guid> appointmentIds, CancellationToken ct);

    /// <summary>Copies and strays of a link whose push is due, most overdue first.</summary>
    Task<IReadOnlyList<SyncedEvent>> DuePushes(Guid linkId, DateTimeOffset now, int max, CancellationToken ct);

    /// <summary>The failure of this code after which a push of the link waits for its next try; null when none does.</summary>
    Task<Reason?> WaitsAfter(Guid linkId, string code, CancellationToken ct);

    /// <summary>
    /// What takes the time of a link's staff member within a span, in order of start: <see cref="SyncedEvent.TakesTime"/>.
    /// </summary>
    Task<IReadOnlyList<SyncedEvent>> TakingTime(Guid linkId, DateTimeOffset start, DateTimeOffset end, CancellationToken ct);

    /// <summary>
    /// Removes every stored title and location of the integration's Exchange events, from the rows and from the database file itself.
    /// </summary>
    Task ForgetTitles(Guid integrationId, CancellationToken ct);
}
