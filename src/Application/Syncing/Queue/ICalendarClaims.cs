namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// Which node's queue a calendar stands in that is due for all of them. A claim ends with the work, or after a while: a hint only, since
/// whoever works on a calendar takes its lease.
/// </summary>
internal interface ICalendarClaims
{
    /// <summary>By this all nodes judge what is due.</summary>
    Task<DateTimeOffset> Now(CancellationToken ct);

    /// <summary>
    /// Those that are this node's from now on, in the given order: not what another node has claimed, or holds. Of many not all at once.
    /// </summary>
    Task<ClaimedCalendars> Claim(IReadOnlyList<Guid> due, CancellationToken ct);

    /// <summary>When the node stops.</summary>
    Task GiveBackAll(CancellationToken ct);
}

/// <param name="AreAll">False: more are free, to be claimed when these are nearly done.</param>
internal sealed record ClaimedCalendars(IReadOnlySet<Guid> Links, bool AreAll);

/// <summary>One node works alone.</summary>
internal sealed class SoleCalendarClaims(TimeProvider time) : ICalendarClaims
{
    public Task<DateTimeOffset> Now(CancellationToken ct) => Task.FromResult(time.GetUtcNow());

    public Task<ClaimedCalendars> Claim(IReadOnlyList<Guid> due, CancellationToken ct) =>
        Task.FromResult(new ClaimedCalendars(due.ToHashSet(), AreAll: true));

    public Task GiveBackAll(CancellationToken ct) => Task.CompletedTask;
}
