namespace CleanSync.Infrastructure.Persistence.Queries.Links;

internal static class Lag
{
    /// <summary>Seconds since the calendar was known to be as Exchange has it; null before the first pass, never negative.</summary>
    public static double? Seconds(DateTimeOffset? knownAsOf, DateTimeOffset now) =>
        knownAsOf is { } asOf ? Math.Max(0, Math.Round((now - asOf).TotalSeconds, 3)) : null;
}
