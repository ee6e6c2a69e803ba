namespace CleanSync.Infrastructure.Traffic;

/// <summary>
/// How long a call may last before it counts as slow: several times what calls to this server usually take. A server that is slow as a
/// whole makes none of its calls slow.
/// </summary>
internal sealed class SlowCallThreshold
{
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(3);
    private const int Times = 8;
    private readonly TimeSpan[] latest = new TimeSpan[32];
    private int noted;

    public TimeSpan Now => Usual * Times is var longer && longer > Least ? longer : Least;

    /// <summary>The median of the latest calls; nothing before the first.</summary>
    private TimeSpan Usual => noted == 0 ? TimeSpan.Zero : latest.Take(noted).Order().ElementAt(Math.Min(noted, latest.Length) / 2);

    public void Note(TimeSpan duration)
    {
        latest[noted % latest.Length] = duration;
        noted = noted + 1 == latest.Length * 2 ? latest.Length : noted + 1;
    }
}
