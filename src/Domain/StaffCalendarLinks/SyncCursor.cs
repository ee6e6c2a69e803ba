namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>Where the next incremental pass goes on. Opaque, kilobytes long; never trimmed, never interpreted.</summary>
public sealed record SyncCursor(string Value)
{
    /// <summary>None was given yet: the change feed is walked from its beginning, as any other is from where it was.</summary>
    public static SyncCursor Beginning { get; } = new("");

    public override string ToString() => $"cursor of {Value.Length} characters";
}
