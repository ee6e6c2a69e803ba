using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Traffic;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Translation;

namespace CleanSync.Infrastructure.Exchange.Traffic;

/// <summary>A pause that a server asked for.</summary>
/// <param name="Named">For how long; null when it did not say.</param>
/// <param name="OfWholeServer">Said by IIS or by a proxy, of all calls.</param>
/// <param name="LowersLimit">There were too many calls at once.</param>
internal sealed record PauseAsked(string Reason, TimeSpan? Named, bool OfWholeServer = false, bool LowersLimit = false)
{
    private static readonly TimeSpan Unnamed = TimeSpan.FromMinutes(1);

    /// <summary>More was named than is kept: nobody knows whether the server meant it.</summary>
    public bool IsCapped => Named > TrafficPause.Longest;

    /// <summary>
    /// As long as was named, an hour at the most, at least a minute where too many objects are open; without a name a minute, twice as long
    /// each further time.
    /// </summary>
    public TimeSpan Span(int strikes)
    {
        if (Named is { } named) return RetryMatrix.Wants(Reason, Treatment.NeedsAMinute) && named < Unnamed ? Unnamed : Kept(named);
        return Growing(strikes);
    }

    /// <summary>A minute, twice as long each further time, an hour at the most.</summary>
    public static TimeSpan Growing(int strikes) => Kept(Unnamed * Math.Pow(2, Math.Clamp(strikes, 0, 10)));

    /// <summary>Of a named time, what is kept.</summary>
    public static TimeSpan Kept(TimeSpan named) => named > TrafficPause.Longest ? TrafficPause.Longest : named;

    public static PauseAsked? By(EwsException failure) => failure switch
    {
        EwsRefusedException refused => By(refused.Error),
        EwsHttpException http when RetryMatrix.OfStatus(http).Reach is FailureReach.BackOff =>
            new PauseAsked($"HTTP {(int)http.Status}", http.RetryAfter, OfWholeServer: true),
        _ => null,
    };

    /// <summary>
    /// Any error can carry a named pause: an internal error that does is a busy server underneath. Too many subscriptions keep no other
    /// call waiting.
    /// </summary>
    public static PauseAsked? By(EwsError error) =>
        error.BackOff is not null
            || (RetryMatrix.Reach(error.Code) is FailureReach.BackOff && !RetryMatrix.Wants(error.Code, Treatment.HoldsSubscribingOnly))
        ? new PauseAsked(error.Code, error.BackOff, LowersLimit: RetryMatrix.Wants(error.Code, Treatment.LowersTheLimit))
        : null;
}
