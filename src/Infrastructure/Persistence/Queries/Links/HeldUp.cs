using CleanSync.Application.Traffic;

namespace CleanSync.Infrastructure.Persistence.Queries.Links;

/// <summary>Whether the pause that Exchange asked of a whole integration is one that an admin should know of.</summary>
internal static class HeldUp
{
    /// <summary>Null when there is no pause, when it is over, and when it is short.</summary>
    public static string? InWords(DateTimeOffset? until, DateTimeOffset? askedAt, string? reason, DateTimeOffset now)
    {
        if (until is not { } end || reason is null || !TrafficPause.Holds(end, now)) return null;
        var pause = new TrafficPause { Mailbox = "", Until = end, Reason = reason, AskedAt = askedAt };
        return pause.IsRemarkable ? pause.InWords : null;
    }
}
