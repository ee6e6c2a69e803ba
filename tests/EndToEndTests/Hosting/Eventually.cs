using System.Diagnostics;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>Waits for a condition, never for luck: a condition that does not come true fails with its name.</summary>
internal static class Eventually
{
    /// <summary>Longer than a create whose answer got lost waits: the deadline of its call, and a minute of grace.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(150);

    public static Task Until(string condition, Func<Task<bool>> holds, CancellationToken ct) => Until(condition, holds, () => "", ct);

    /// <summary>As above; what is found instead is told when it comes to that.</summary>
    public static async Task Until(string condition, Func<Task<bool>> holds, Func<string> instead, CancellationToken ct)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            if (waited.Elapsed > Longest)
                throw new TimeoutException($"Waited {Longest.TotalSeconds} s in vain until {condition}. {instead()}");
            await beat.WaitForNextTickAsync(ct);
        }
    }

    public static Task Until(string condition, Func<bool> holds, CancellationToken ct) =>
        Until(condition, () => Task.FromResult(holds()), ct);
}
