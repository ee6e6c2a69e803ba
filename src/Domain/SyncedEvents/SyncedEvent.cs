using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.SyncedEvents;

/// <summary>What one calendar entry of one mailbox stands for here, with its identity in Exchange and how far it has been pushed.</summary>
public sealed partial record SyncedEvent
{
    /// <summary>Of a copy: travels with the item as its CleanSyncId property.</summary>
    public required Guid Id { get; init; }

    public required Guid LinkId { get; init; }

    public required EventKind Kind { get; init; }

    /// <summary>Unique within the link: the item's id, an occurrence's (UID, original start), or our own id for a copy.</summary>
    public required string Identity { get; init; }

    /// <summary>Of a copy: the appointment.</summary>
    public Guid? AppointmentId { get; init; }

    /// <summary>Exchange's id, compared bytewise; null while nothing is known to exist there.</summary>
    public string? ItemId { get; init; }

    /// <summary>The version of the item that we last saw or wrote.</summary>
    public string? ChangeKey { get; init; }

    /// <summary>Of a copy: of the item that <see cref="ItemId"/> names, or named last.</summary>
    public string? Uid { get; init; }

    /// <summary>Of an occurrence: its slot in the pattern.</summary>
    public DateTimeOffset? OriginalStart { get; init; }

    /// <summary>
    /// Of an external event: when it is. Of a copy: the times last agreed between both sides. Null for a series, or before the first
    /// agreement.
    /// </summary>
    public EventTimes? Times { get; init; }

    /// <summary>Of a copy: the appointment's revision of its times that both sides last agreed on.</summary>
    public int TimesRevision { get; init; } = 1;

    /// <summary>Null when it may not be shown.</summary>
    public string? Title { get; init; }

    /// <summary>Null when it may not be shown.</summary>
    public string? Location { get; init; }

    public FreeBusy FreeBusy { get; init; }

    public bool IsPrivate { get; init; }

    /// <summary>Of an external event: how its owner answered the invitation, or that there was none.</summary>
    public MeetingResponse MyResponse { get; init; }

    /// <summary>The integration's projection version under which the event was last read.</summary>
    public int ProjectionVersion { get; init; }

    /// <summary>Of a copy: marks of the texts last written; null before the first write.</summary>
    public ContentMarks? Marks { get; init; }

    public PushState PushState { get; init; }

    /// <summary>All create attempts, oldest first; at most the last is open.</summary>
    public IReadOnlyList<CreateAttempt> Attempts { get; init; } = [];

    /// <summary>The attempt that made the item that <see cref="ItemId"/> names.</summary>
    public Guid? ItemAttempt { get; init; }

    public int PushTries { get; init; }

    public DateTimeOffset? NextPushAt { get; init; }

    public Reason? PushFailure { get; init; }

    /// <summary>A page said that the item left the folder; decided when the pass has read its last page.</summary>
    public bool RemovalStaged { get; init; }

    /// <summary>The item left Exchange, but the event stays for now; null as a rule.</summary>
    public RemovalHold? Hold { get; init; }

    /// <summary>
    /// Exchange cannot give the item: an event blocks its times, without a title, as far as they are known; null as a rule.
    /// </summary>
    public UnreadableItem? Unreadable { get; init; }

    /// <summary>Outlook made a series out of this copy: the appointment keeps its own time.</summary>
    public bool BecameSeries { get; init; }

    /// <summary>Of a copy that agrees in time: what it says otherwise than the appointment.</summary>
    public CopyDifferences Differs { get; init; }

    /// <summary>Of a copy: the zone that stands in for the booked one, which Exchange does not know; null as a rule.</summary>
    public string? StandInZone { get; init; }

    /// <summary>The booking product, not its owner, took this copy away: an item that is restored in Outlook brings nothing back.</summary>
    public bool TakenAway { get; init; }

    /// <summary>
    /// UID of a series that Outlook made of this copy, and that stayed when the copy went: it is its owner's, and never this copy again.
    /// </summary>
    public string? LeftSeries { get; init; }

    /// <summary>Version of the stored row; 0 before the first save.</summary>
    public int Version { get; init; }

    /// <summary>
    /// It takes its owner's time, beside the appointments: an event of somebody's own, whether it is held or not; and a copy that is to go
    /// and stays in Outlook, because its owner made it private.
    /// </summary>
    public bool TakesTime => this is { Kind: EventKind.External }
        or { Kind: EventKind.Copy, PushState: PushState.Withdrawing, NextPushAt: not null, PushFailure.Code: ItemIsPrivate.Name };

    public CreateAttempt? OpenAttempt => Attempts.Count > 0 && Attempts[^1].IsOpen ? Attempts[^1] : null;

    /// <summary>Never the texts: a title must not reach a log by way of a record.</summary>
    public override string ToString() => $"{Kind} {Id} {Identity} {PushState} item {ItemId} at {Times?.Start:u} version {Version}";

    public static SyncedEvent CopyFor(Guid id, Guid linkId, Guid appointmentId, DateTimeOffset now) => new()
    {
        Id = id,
        LinkId = linkId,
        Kind = EventKind.Copy,
        Identity = $"copy:{id:D}",
        AppointmentId = appointmentId,
        PushState = PushState.Queued,
        NextPushAt = now,
    };

    /// <summary>A series of somebody's own, of which nothing was read yet: its occurrences come through the window.</summary>
    public static SyncedEvent SeriesOf(Guid id, Guid linkId, string itemId) => new()
    {
        Id = id,
        LinkId = linkId,
        Kind = EventKind.Series,
        Identity = $"item:{itemId}",
        ItemId = itemId,
    };

    /// <summary>An item of ours that no copy names (any more): it is removed.</summary>
    public static SyncedEvent StrayOf(
        Guid id,
        Guid linkId,
        string itemId,
        string? changeKey,
        Guid? attempt,
        DateTimeOffset now) => new()
        {
            Id = id,
            LinkId = linkId,
            Kind = EventKind.Stray,
            Identity = $"stray:{itemId}",
            ItemId = itemId,
            ChangeKey = changeKey,
            ItemAttempt = attempt,
            PushState = PushState.Withdrawing,
            NextPushAt = now,
        };
}
