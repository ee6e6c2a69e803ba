namespace CleanSync.Application.Syncing.Notifications;

/// <summary>How calendars are heard, told among the nodes.</summary>
internal interface INotificationNews
{
    /// <summary>Tells what has changed on this node.</summary>
    Task Tell(IReadOnlyList<HeardCalendar> heard, CancellationToken ct);

    /// <summary>What this node does not listen to any more.</summary>
    Task Forget(IReadOnlyCollection<Guid> linkIds, CancellationToken ct);

    /// <summary>What the other nodes that live have told.</summary>
    Task<IReadOnlyList<HeardCalendar>> OfOthers(CancellationToken ct);
}

/// <summary>How one calendar is heard.</summary>
/// <param name="Reason">Why it is polled; null when it is listened to.</param>
/// <param name="AsOf">When the calendar was last known to be as Exchange has it; null when its stream has told nothing yet.</param>
internal sealed record HeardCalendar(Guid LinkId, NotificationMode Mode, string? Reason, DateTimeOffset? AsOf);
