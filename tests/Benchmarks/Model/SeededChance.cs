using CleanSync.Application.Syncing;

namespace CleanSync.Benchmarks.Model;

/// <summary>The same jitter whenever a history is played again.</summary>
internal sealed class SeededChance(int seed) : IChance
{
    private readonly Random random = new(seed);

    public double Next()
    {
        lock (random) return random.NextDouble();
    }
}
