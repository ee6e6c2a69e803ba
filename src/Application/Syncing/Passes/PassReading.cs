using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing.Pulls;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>What was read from Exchange and waits to be planned and committed. It can be planned again without reading again.</summary>
internal sealed record PassReading
{
    /// <summary>The changes, given the rows as they are stored at the time of planning.</summary>
    public required Func<IReadOnlyCollection<SyncedEvent>, IReadOnlyList<RemoteChange>> Changes { get; init; }

    /// <summary>All rows of the link are recalled, not only those that the changes name.</summary>
    public bool WholeLink { get; init; }

    public required SyncWindow Window { get; init; }

    /// <summary>What the link becomes in the same commit; the number is the integration's projection version.</summary>
    public required Func<StaffCalendarLink, int, StaffCalendarLink> Advance { get; init; }

    /// <summary>How a stored row is understood: as it is, or otherwise; null to forget it, without judging that it left.</summary>
    public Func<SyncedEvent, SyncedEvent?> Recalled { get; init; } = row => row;

    public Whereabouts Asked { get; init; } = Whereabouts.Unasked;

    /// <summary>It is in doubt whether the calendar is the one whose events are stored: whatever leaves is held for an admin.</summary>
    public bool HoldsAll { get; init; }

    /// <summary>False when an admin has released removals: the deletion fuse does not judge them again.</summary>
    public bool Fused { get; init; } = true;

    public IReadOnlyList<SyncWarning> Warnings { get; init; } = [];
}
