using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing.Passes;

/// <summary>
/// Rows whose ids mean nothing any more: copies keep their rows and are looked for, all else is read anew. What is over needs no item.
/// </summary>
public static class FormerIds
{
    public static bool Keeps(SyncedEvent row) => row.Kind is EventKind.Copy;

    public static IReadOnlyList<SyncedEvent> Known(IReadOnlyCollection<SyncedEvent> rows) =>
        [.. rows.Where(Keeps).Select(row => row.WithUnknownItem())];
}
