namespace CleanSync.Domain.SyncedEvents;

/// <summary>Ids are given in the order of time, and tell it.</summary>
public static class TimeOrderedId
{
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>When the id was given, to the millisecond. Of an id that was made in another way this says nothing.</summary>
    public static DateTimeOffset GivenAt(Guid id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(Latest, Convert.ToInt64(id.ToString("N")[..12], 16)));
}
