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

/// <summary>When the next pass of a calendar is due: seldom while Exchange tells of its changes.</summary>
internal sealed class NextPass(SyncOptions options, NotificationBoard board, IJitter jitter)
{
    public PollPace PaceOf(Guid linkId) => board.IsStreaming(linkId)
        ? new PollPace(options.PollIntervalWhenStreaming, options.PollIntervalWhenStreaming, jitter.Next())
        : new PollPace(options.PollInterval, options.LongestPollInterval, jitter.Next());
}
