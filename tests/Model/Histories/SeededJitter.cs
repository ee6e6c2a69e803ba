using CleanSync.Application.Syncing.Passes;

namespace CleanSync.Model.Histories;

/// <summary>The same jitter whenever a history is played again.</summary>
internal sealed class SeededJitter(int seed) : IJitter
{
    private readonly Random random = new(seed);

    public double Next()
    {
        lock (random) return random.NextDouble();
    }
}
