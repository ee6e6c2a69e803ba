using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;

namespace CleanSync.Domain.Syncing.CleanUp;

/// <summary>
/// An item of ours in a calendar that its link has left. It is removed there, whatever becomes of the copy in the new calendar.
/// </summary>
public sealed record CleanUpItem
{
    /// <summary>After this time nobody tries any more: the former mailbox is out of reach for good.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }

    public required Guid LinkId { get; init; }

    /// <summary>The copy, as the item's CleanSyncId names it; null of an item that no copy named any more.</summary>
    public required Guid? EventId { get; init; }

    /// <summary>The attempt that made the item, or may have made it.</summary>
    public Guid? Attempt { get; init; }

    /// <summary>
    /// The item's UID: a paste of the item has another one. As Exchange told it, or as it was sent; null where Exchange was seen to give
    /// UIDs of its own and did not tell this one.
    /// </summary>
    public string? Uid { get; init; }

    public required FormerMailbox Mailbox { get; init; }

    public required string CalendarId { get; init; }

    /// <summary>Null while nobody knows whether an attempt made it: it is looked for by its tag.</summary>
    public string? ItemId { get; init; }

    /// <summary>Of a copy: the appointment.</summary>
    public Guid? AppointmentId { get; init; }

    /// <summary>When the item begins, as far as that is known; so that a person finds one that stays.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset NextTryAt { get; init; }

    public int Tries { get; init; }

    /// <summary>Version of the stored row; 0 before the first save.</summary>
    public int Version { get; init; }

    public CleanUpItem Failed(DateTimeOffset nextTry) => this with { Tries = Tries + 1, NextTryAt = nextTry };

    public bool IsGivenUp(DateTimeOffset now) => now - Since > GivenUpAfter;

    /// <summary>One mailbox may show other ids through another integration: whether the link may have the very same one again.</summary>
    public bool MayBeIn(StaffCalendarLink link) => string.Equals(Mailbox.Address, link.MailboxAddress, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether an item is the one that the link's copy names now, under another id, or is just making, or what stayed of its series: it is
    /// kept.
    /// </summary>
    /// <param name="now">The link's row of the same id; null when there is none.</param>
    public bool IsKept(StaffCalendarLink link, SyncedEvent? now, RemoteEvent item) =>
        (now is not null && item.StayedOf(now))
        || (MayBeIn(link) && now is { PushState: not PushState.Gone } && now.LinkId == link.Id
        && (item.IsWithheld ? item.ItemId == now.ItemId : item.Tag?.AttemptId is { } attempt
            && (attempt == now.ItemAttempt || attempt == now.OpenAttempt?.Id)));

    /// <summary>
    /// Of the items that a search found those that are to go. What has the UID that an attempt sent, or that was told for it, proves
    /// anything else of that attempt a person's paste. Several of one attempt without it cannot be told apart: then none goes.
    /// </summary>
    public IReadOnlyList<RemoteEvent> Among(IEnumerable<RemoteEvent> found, out bool isAmbiguous)
    {
        var attempts = found.Where(Is)
            .GroupBy(e => e.Tag!.AttemptId)
            .Select(a => a.Any(IsSure) ? a.Where(IsSure).ToList() : [.. a])
            .ToList();
        isAmbiguous = attempts.Exists(IsUnclear);
        return [.. attempts.Where(a => !IsUnclear(a)).SelectMany(a => a)];

        bool IsUnclear(List<RemoteEvent> attempt) => attempt.Count > 1 && !attempt.TrueForAll(IsSure);
    }

    /// <summary>
    /// With the UID of the item that is to go, if one of those found surely is that item and nothing told it before. Stored before the item
    /// goes it proves what remains a paste.
    /// </summary>
    public CleanUpItem Told(IEnumerable<RemoteEvent> found) =>
        this is { Uid: null, Attempt: not null }
            && found.FirstOrDefault(e => Is(e) && (e.ItemId == ItemId || IsSure(e))) is { Uid: { } uid }
            ? this with { Uid = uid }
            : this;

    private bool IsSure(RemoteEvent item) =>
        item is { Uid: { } uid, Tag.AttemptId: { } attempt } && (uid == Uid || uid == CreateAttempt.Sent(attempt));

    /// <summary>
    /// Whether an item is the one that is to go, and no person's paste of it. Of an attempt that nobody here remembers, only the UID that
    /// it sent proves that.
    /// </summary>
    public bool Is(RemoteEvent item) =>
        item is { Tag: { } tag, IsOccurrence: false }
        && (EventId ?? Attempt) is not null
        && (EventId is null || tag.EventId == EventId)
        && (Attempt is null ? tag.AttemptId is { } unknown && item.Uid == CreateAttempt.Sent(unknown) : tag.AttemptId == Attempt)
        && (Uid is null || item.Uid is null || item.Uid == Uid || (item.ItemId == ItemId && IsOnlySent));

    private bool IsOnlySent => Attempt is { } attempt && Uid == CreateAttempt.Sent(attempt);
}

/// <summary>Former copies that wait to be removed.</summary>
public interface ICleanUpItems
{
    /// <summary>Links with former copies that are due.</summary>
    Task<IReadOnlyList<Guid>> DueLinks(DateTimeOffset now, CancellationToken ct);

    /// <summary>The longest overdue first.</summary>
    Task<IReadOnlyList<CleanUpItem>> Due(Guid linkId, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// All of one link that must be gone before an integration is: those in its calendars, and those that its own link left elsewhere.
    /// </summary>
    Task<IReadOnlyList<CleanUpItem>> OfDisconnection(Guid integrationId, Guid linkId, CancellationToken ct);

    /// <summary>All that wait to be removed from one calendar.</summary>
    Task<IReadOnlyList<CleanUpItem>> In(Guid linkId, string calendarId, CancellationToken ct);

    /// <summary>Those of the appointments of which any waits to be removed.</summary>
    Task<IReadOnlySet<Guid>> Of(IReadOnlyCollection<Guid> appointmentIds, CancellationToken ct);
}
