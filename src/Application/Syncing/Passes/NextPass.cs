using System.Security.Cryptography;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>Where jitter comes from: 0 up to 1.</summary>
public interface IJitter
{
    double Next();
}

internal sealed class RandomJitter : IJitter
{
    public double Next() => RandomNumberGenerator.GetInt32(1000) / 1000d;
}

/// <summary>Ends a pass that went well, and says when the next one is due.</summary>
internal sealed class NextPass(SyncOptions options, NotificationBoard board, IJitter jitter, TimeProvider time)
{
    /// <param name="changed">Exchange reported a change that was not our own.</param>
    public StaffCalendarLink After(StaffCalendarLink link, bool changed)
    {
        var now = time.GetUtcNow();
        var seen = changed ? link with { LastChangeAt = now } : link;
        var (shortest, longest) = board.IsStreaming(link.Id)
            ? (options.PollIntervalWhenStreaming, options.PollIntervalWhenStreaming)
            : (options.PollInterval, options.LongestPollInterval);
        return seen.Completed(now, PollPace.Interval(shortest, longest, seen.LastChangeAt, now, jitter.Next()), LinkHealth.Syncing);
    }
}
