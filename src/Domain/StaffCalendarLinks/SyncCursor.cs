namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>Where the next incremental pass goes on. Opaque, kilobytes long; never trimmed, never interpreted.</summary>
public sealed record SyncCursor(string Value)
{
    public override string ToString() => $"cursor of {Value.Length} characters";
}
