namespace CleanSync.Domain.Syncing;

/// <summary>What passes removed from the booking side, as the deletion fuse counts it.</summary>
public interface IRemovalLog
{
    /// <summary>
    /// Units removed from a link since an instant, and units that are present: future external events (a series as one) and live copies.
    /// </summary>
    Task<RemovalCount> Count(Guid linkId, DateTimeOffset since, DateTimeOffset now, CancellationToken ct);
}

public sealed record RemovalCount(int Removed, int Present);
