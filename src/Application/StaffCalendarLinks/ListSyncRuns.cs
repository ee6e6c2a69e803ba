using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>The latest passes of one staff member that brought something in or failed, newest first, at most 50.</summary>
public sealed record ListSyncRuns(string StaffId) : IRequest<Result<SyncRunList>>;

public sealed record SyncRunList(IReadOnlyList<SyncRunView> Runs);

/// <summary>One pass over a calendar.</summary>
/// <param name="PassId">Stands on each of its lines in the log.</param>
/// <param name="TookSeconds">How long it took, waiting for Exchange included.</param>
/// <param name="Changes">What it changed in CleanSync: events that came, went or moved, and copies read back.</param>
/// <param name="Problem">Stable code of the failure; null when it ended well.</param>
public sealed record SyncRunView(
    Guid PassId,
    DateTimeOffset StartedAt,
    double TookSeconds,
    int Changes,
    string? Problem);
