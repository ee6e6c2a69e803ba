using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>What a plan makes of one item of a calendar.</summary>
/// <param name="LeftOutBy">The rule that leaves the item out; null when it is kept.</param>
/// <param name="Row">The stored row that the item belongs to; null when none is stored.</param>
public sealed record ItemVerdict(SyncRule? LeftOutBy, SyncedEvent? Row);
