using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// Event times from their columns. An all-day event is its dates: its instants are reckoned again, so that newer zone rules count.
/// </summary>
internal static class StoredTimes
{
    public static EventTimes? OrNull(
        DateTimeOffset? start,
        DateTimeOffset? end,
        string? zone,
        DateOnly? firstDay,
        DateOnly? endDay) =>
        start is null || end is null || zone is null ? null : Read(start.Value, end.Value, zone, firstDay, endDay);

    public static EventTimes Read(
        DateTimeOffset start,
        DateTimeOffset end,
        string zone,
        DateOnly? firstDay,
        DateOnly? endDay) =>
        firstDay is { } first && endDay is { } last ? EventTimes.AllDay(first, last, zone) : EventTimes.Timed(start, end, zone);
}
