namespace CleanSync.Application.Syncing.Calendars;

/// <summary>How far a failure reaches, and so who has to act.</summary>
public enum FailureReach
{
    /// <summary>Passes by itself: try again with growing pauses.</summary>
    Passing,

    /// <summary>Exchange asked for a pause.</summary>
    BackOff,

    /// <summary>The cursor is no longer accepted: start from a full pass.</summary>
    Resync,

    /// <summary>Only this item.</summary>
    Item,

    /// <summary>Only writing into this mailbox; reading goes on.</summary>
    Writing,

    /// <summary>Only this staff member's link.</summary>
    Link,

    /// <summary>The whole integration: an admin has to act.</summary>
    Integration,

    /// <summary>A fault of ours.</summary>
    Bug,

    /// <summary>Nobody foresaw it: a bug, a full disk, a broken database. Shown at once, and tried again with growing pauses.</summary>
    Unexpected,
}
