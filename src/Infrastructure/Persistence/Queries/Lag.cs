namespace CleanSync.Infrastructure.Persistence.Queries;

internal static class Lag
{
    /// <summary>Seconds since the last pass that ended well; null before the first, never negative.</summary>
    public static double? Seconds(DateTimeOffset? lastSyncedAt, DateTimeOffset now) =>
        lastSyncedAt is { } asOf ? Math.Max(0, Math.Round((now - asOf).TotalSeconds, 3)) : null;
}
