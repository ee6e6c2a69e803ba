using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>
/// Stops a mass deletion from emptying a calendar by accident. It counts what was removed within a day: future external events, a series as
/// one, and appointments that would be cancelled.
/// </summary>
public static class DeletionFuse
{
    public const int MostRemovals = 10;
    public const double LargestShare = 0.25;

    /// <summary>How long a removal counts.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    /// <param name="alreadyRemoved">Units removed within the last day.</param>
    /// <param name="leaving">Units that this plan would remove.</param>
    /// <param name="present">Units that are here before this plan.</param>
    public static bool Trips(int alreadyRemoved, int leaving, int present) =>
        leaving > 0 && alreadyRemoved + leaving > MostRemovals && alreadyRemoved + leaving > LargestShare * (present + alreadyRemoved);

    /// <summary>
    /// What one removal is counted as; null when it does not count: it is past, has slid out of the window, or is held already.
    /// </summary>
    public static string? Unit(SyncedEvent leaving, PullBasis basis) =>
        leaving is { Hold: null, Times: { } times } && basis.Window.Overlaps(times.Start, times.End) ? Present(leaving, basis.Now) : null;

    /// <summary>As what a row counts that is here, held or not; null when it does not. The database counts the same.</summary>
    public static string? Present(SyncedEvent row, DateTimeOffset now) => row switch
    {
        { Times: null } => null,
        { Times: var times } when times.End <= now => null,
        { Kind: EventKind.External, OriginalStart: not null, Uid: { } series } => $"series:{series}",
        { Kind: EventKind.External } => row.Identity,
        { Kind: EventKind.Copy, PushState: not (PushState.Withdrawing or PushState.Gone), AppointmentId: { } appointment } =>
            $"appointment:{appointment:D}",
        _ => null,
    };
}
