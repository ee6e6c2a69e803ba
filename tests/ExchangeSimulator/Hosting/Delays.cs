namespace CleanSync.ExchangeSimulator.Hosting;

/// <summary>
/// How long each authenticated call takes, in real time: the latency, and up to the jitter more, the same for the same seed.
/// </summary>
public sealed class Delays(TimeSpan latency, TimeSpan jitter, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    public TimeSpan Latency { get; set; } = latency;

    public TimeSpan Jitter { get; set; } = jitter;

    public TimeSpan Next()
    {
        lock (_gate) return Latency + (Jitter * _random.NextDouble());
    }
}
