using CleanSync.Application.Traffic;

namespace CleanSync.Infrastructure.Traffic;

/// <summary>A pause that a server asked for.</summary>
/// <param name="Named">For how long; null when it did not say.</param>
/// <param name="OfWholeServer">Said by IIS or by a proxy, of all calls.</param>
/// <param name="LowersLimit">There were too many calls at once.</param>
/// <param name="NeedsAMinute">A shorter pause than a minute does not help, whatever was named.</param>
internal sealed record PauseAsked(
    string Reason,
    TimeSpan? Named,
    bool OfWholeServer = false,
    bool LowersLimit = false,
    bool NeedsAMinute = false)
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
        if (Named is { } named) return NeedsAMinute && named < Unnamed ? Unnamed : Kept(named);
        return Growing(strikes);
    }

    /// <summary>A minute, twice as long each further time, an hour at the most.</summary>
    public static TimeSpan Growing(int strikes) => Kept(Unnamed * Math.Pow(2, Math.Clamp(strikes, 0, 10)));

    /// <summary>Of a named time, what is kept.</summary>
    public static TimeSpan Kept(TimeSpan named) => named > TrafficPause.Longest ? TrafficPause.Longest : named;
}
