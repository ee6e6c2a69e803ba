namespace CleanSync.ExchangeSimulator.Hosting;

/// <summary>A clock that begins at a given moment and runs from there.</summary>
internal sealed class ShiftedClock(DateTimeOffset begin) : TimeProvider
{
    private readonly TimeSpan _shift = begin - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
}
