namespace CleanSync.Application;

/// <summary>
/// When the database may last have been set back to an older state of itself: a backup was restored, or a standby that lagged behind took
/// over. What it says is not done may have been done in Exchange all the same.
/// </summary>
public sealed class DatabaseRestore(TimeProvider time)
{
    private long ticks = DateTimeOffset.MinValue.UtcTicks;

    /// <summary>Long ago where nothing tells of one.</summary>
    public DateTimeOffset At => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Found() => Interlocked.Exchange(ref ticks, time.GetUtcNow().UtcTicks);
}
