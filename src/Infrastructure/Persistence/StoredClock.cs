namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// The system's clock in whole microseconds, which is what every database keeps: what an answer says of something that was made just now
/// is what will be read later.
/// </summary>
internal sealed class StoredClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
