namespace CleanSync.Model.Fuzzing;

/// <summary>What a run came to.</summary>
internal sealed class Outcome
{
    private const int LargeBody = 64 * 1024;

    private readonly List<Finding> findings = [];
    private int played, successes;
    private double mostAllocated;

    public IReadOnlyList<Finding> Findings
    {
        get { lock (findings) return [.. findings]; }
    }

    public int Played => played;

    public int Successes => successes;

    /// <summary>The most that reading a large body allocated, for each of its bytes.</summary>
    public double MostAllocatedPerByte => mostAllocated;

    public void Add(Finding finding)
    {
        lock (findings) findings.Add(finding);
    }

    public int Count(bool succeeded, Wire wire)
    {
        if (succeeded) Interlocked.Increment(ref successes);
        if (wire.Taken > LargeBody)
            lock (findings) mostAllocated = Math.Max(mostAllocated, (double)wire.Allocated / wire.Taken);
        return Interlocked.Increment(ref played);
    }
}

/// <summary>Ends the process, and says at which input, when one does not end.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly Timer timer;
    private readonly TimeSpan patience;
    private int number;

    public Watchdog(int seed, TimeSpan patience)
    {
        this.patience = patience;
        timer = new Timer(_ => Environment.FailFast($"Input {number} of seed {seed} never ends: fuzz --seed {seed} --replay {number}"));
    }

    public void Begin(int input)
    {
        number = input;
        timer.Change(patience, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();
}
