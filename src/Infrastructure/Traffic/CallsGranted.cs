namespace CleanSync.Infrastructure.Traffic;

/// <summary>
/// How many calls at once a server stands: after it complained half of what there was, and one more for each quiet quarter of an hour.
/// </summary>
internal static class CallsGranted
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    public static int At(DateTimeOffset now, int setting, int? granted, DateTimeOffset? since) =>
        granted is { } calls && since is { } then ? (int)Math.Min(setting, calls + Math.Max(0, (now - then).Ticks / Quiet.Ticks)) : setting;

    public static int Halved(int limit) => Math.Max(1, limit / 2);
}
