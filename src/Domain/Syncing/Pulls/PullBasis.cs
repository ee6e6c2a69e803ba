using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>Everything that a plan may look at, recalled before it is made.</summary>
public sealed record PullBasis
{
    public required StaffCalendarLink Link { get; init; }

    public required SyncWindow Window { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required bool ShowTitles { get; init; }

    public required int ProjectionVersion { get; init; }

    /// <inheritdoc cref="EventFilter.LeavesOut"/>
    public bool DeclinedBlocks { get; init; }

    /// <summary>The link's rows that the changes may concern.</summary>
    public required IReadOnlyCollection<SyncedEvent> Known { get; init; }

    /// <summary>The appointments of the known copies.</summary>
    public required IReadOnlyCollection<Appointment> Appointments { get; init; }

    /// <summary>All copies of those appointments, of every link.</summary>
    public required IReadOnlyCollection<SyncedEvent> Copies { get; init; }

    /// <summary>Item ids of known copies that Exchange still has in the calendar although another item carries the same tag.</summary>
    public IReadOnlySet<string> StillThere { get; init; } = new HashSet<string>();

    /// <summary>Item ids of known copies that Exchange holds somewhere and cannot give.</summary>
    public IReadOnlySet<string> MayBeThere { get; init; } = new HashSet<string>();

    /// <summary>
    /// The calendar may be another than the one whose events are known: whatever leaves is held for an admin, however little it is.
    /// </summary>
    public bool HoldsAll { get; init; }

    /// <summary>What takes the staff member's time around a restored copy: other events and appointments.</summary>
    public IReadOnlyCollection<EventTimes> Busy { get; init; } = [];

    /// <summary>What the deletion fuse counts with; null to let removals through, as an admin's release does.</summary>
    public RemovalCount? Fuse { get; init; }

    /// <summary>A new id for each row that a plan adds; injected, so that a plan can be repeated.</summary>
    public required Func<Guid> NewId { get; init; }
}
