namespace CleanSync.Domain.SyncedEvents;

/// <summary>What a calendar entry stands for here.</summary>
public enum EventKind
{
    /// <summary>An event that somebody made in Exchange: a single one, or one occurrence of a series.</summary>
    External,

    /// <summary>The master of a series: known by id so that its change or deletion is understood; never shown.</summary>
    Series,

    /// <summary>One staff member's copy of an appointment.</summary>
    Copy,

    /// <summary>An item that one of our own create attempts made twice; it is being removed.</summary>
    Stray,

    /// <summary>An item of which Exchange gives not even the times: known by id so that it is not asked for in vain; never shown.</summary>
    Unreadable,
}
