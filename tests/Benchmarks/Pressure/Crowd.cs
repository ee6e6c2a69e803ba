namespace CleanSync.Benchmarks.Pressure;

/// <summary>
/// 200 mailboxes, a tenth of which never answer, a tenth is denied to the account, and a tenth is throttled. The rest is healthy.
/// </summary>
internal static class Crowd
{
    public const int Mailboxes = 200;

    public static bool Hangs(int mailbox) => mailbox % 10 == 3;

    public static bool IsDenied(int mailbox) => mailbox % 10 == 5;

    public static bool IsThrottled(int mailbox) => mailbox % 10 == 8;

    public static IEnumerable<int> Healthy => Enumerable.Range(0, Mailboxes).Where(m => !Hangs(m) && !IsDenied(m) && !IsThrottled(m));
}

/// <summary>How long healthy mailboxes waited for their changes.</summary>
internal sealed record Lags(IReadOnlyList<TimeSpan> All)
{
    public TimeSpan Mean => TimeSpan.FromTicks((long)All.Average(l => l.Ticks));

    public TimeSpan Longest => All.Max();

    public TimeSpan At(double part) => All.Order().ElementAt((int)(part * (All.Count - 1)));

    public override string ToString() =>
        $"{All.Count} changes: mean {Mean.TotalSeconds:0.0} s, median {At(0.5).TotalSeconds:0.0} s, 95 % {At(0.95).TotalSeconds:0.0} s, longest {Longest.TotalSeconds:0.0} s";
}
