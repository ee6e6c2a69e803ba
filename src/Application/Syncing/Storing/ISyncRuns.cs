namespace CleanSync.Application.Syncing.Storing;

/// <summary>Remembers what passes did; the latest of each link are kept.</summary>
public interface ISyncRuns
{
    Task Record(SyncRun run, CancellationToken ct);
}

/// <summary>One pass that brought something in, or failed. Others are not remembered: the link's last sync tells of them.</summary>
/// <param name="Changes">What the pass changed in CleanSync.</param>
/// <param name="Problem">Stable code of the failure; null when it ended well.</param>
public sealed record SyncRun(
    Guid Id,
    Guid LinkId,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    int Changes,
    string? Problem);
