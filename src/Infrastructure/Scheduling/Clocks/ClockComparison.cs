using CleanSync.Infrastructure.Persistence;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling.Clocks;

/// <summary>
/// How far this node's clock is from the database's, by which leases and due times are judged. The cluster of the scheduler goes by the
/// nodes' own clocks: one that is too far ahead takes healthy nodes for dead.
/// </summary>
internal sealed class ClockComparison(Database database, TimeProvider time, ILogger<ClockComparison> logger)
{
    public static readonly TimeSpan WorthAWarning = TimeSpan.FromSeconds(1);

    /// <summary>Half of the time after which a node that does not check in is taken for dead.</summary>
    public static readonly TimeSpan TooFar = TimeSpan.FromSeconds(15);

    private bool warned;

    /// <summary>By so much this node's clock was ahead when it was last compared; half the way of the question is unknown.</summary>
    public TimeSpan Ahead { get; private set; }

    /// <summary>The node is not ready until an administrator, or the time service, has set its clock right.</summary>
    public bool IsTooFar => Ahead.Duration() > TooFar;

    public async Task Compare(CancellationToken ct)
    {
        var (asked, before) = (time.GetTimestamp(), time.GetUtcNow());
        var theirs = await database.Now(ct);
        Ahead = before + (time.GetElapsedTime(asked) / 2) - theirs;
        var isOff = Ahead.Duration() >= WorthAWarning;
        if (isOff && !warned)
        {
            logger.LogWarning(
                "This node's clock is {Seconds:0.0} seconds {Direction} the database's. Both machines need a time service; from {TooFar:0} "
                + "seconds on the node counts as not ready",
                Ahead.Duration().TotalSeconds, Ahead > TimeSpan.Zero ? "ahead of" : "behind", TooFar.TotalSeconds);
        }

        warned = isOff;
    }
}
