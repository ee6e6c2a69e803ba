using CleanSync.Application.Idempotency;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Domain.Syncing.Rules;

namespace CleanSync.Application.Syncing.Storing;

/// <summary>The one multi-row transaction: everything of an entry is stored, or nothing.</summary>
public interface ISyncStore
{
    /// <summary>
    /// False, with nothing stored, when the lease's token, the integration's settings version or the version of any row differs from what
    /// the entry was planned from: read again and plan again. Rows with version 0 are inserted; a row of the same key that exists already
    /// also gives false.
    /// </summary>
    Task<bool> Commit(ChangeSet entry, CancellationToken ct);
}

/// <summary>What one commit stores. Each row carries the version that it was read with; the store raises it by one.</summary>
public sealed record ChangeSet
{
    public MailboxLease? Lease { get; init; }

    public PlannedUnder? Settings { get; init; }

    public IReadOnlyList<StaffCalendarLink> Links { get; init; } = [];

    /// <summary>The entry stores nothing if another link names the mailbox address of this one.</summary>
    public StaffCalendarLink? OnlyLinkToItsMailbox { get; init; }

    public IReadOnlyList<Appointment> Appointments { get; init; } = [];

    public IReadOnlyList<SyncedEvent> Keep { get; init; } = [];

    public IReadOnlyList<SyncedEvent> Remove { get; init; } = [];

    public IReadOnlyList<SyncConflict> Conflicts { get; init; } = [];

    /// <summary>Units that left the (single) link of this entry, for the deletion fuse.</summary>
    public IReadOnlyList<Removal> Removals { get; init; } = [];

    /// <summary>What can be brought back in the (single) link of this entry.</summary>
    public IReadOnlyList<RemovedEvent> Removed { get; init; } = [];

    /// <summary>
    /// Events of the (single) link of this entry that are there again: their removals can not be taken back any more, and count no more.
    /// </summary>
    public IReadOnlyList<SyncStep.CameBack> CameBack { get; init; } = [];

    /// <summary>UIDs of which no removal of the (single) link of this entry keeps a title any more.</summary>
    public IReadOnlyList<string> HideTitlesOf { get; init; } = [];

    /// <summary>
    /// Removals of the (single) link of this entry from before are forgotten, and warnings of what was done; null leaves them.
    /// </summary>
    public DateTimeOffset? ForgetRemovedBefore { get; init; }

    /// <summary>The clock is in doubt: what would be too old for the history is not forgotten.</summary>
    public bool KeepsHistory { get; init; }

    /// <summary>Items to be removed in calendars that a link has left: new ones, and those that wait for another try.</summary>
    public IReadOnlyList<CleanUpItem> Former { get; init; } = [];

    /// <summary>Items that need not be removed there any more.</summary>
    public IReadOnlyList<CleanUpItem> ForgetFormer { get; init; } = [];

    /// <summary>Items that stay in Exchange after their integration is gone.</summary>
    public IReadOnlyList<Leftover> Leftovers { get; init; } = [];

    /// <summary>What was taken of a link whose integration is being disconnected; counted in its report.</summary>
    public DetachedCalendar? Detached { get; init; }

    /// <summary>Warnings of the (single) link of this entry.</summary>
    public IReadOnlyList<LinkWarning> Warnings { get; init; } = [];

    /// <summary>
    /// The client of an appointment of this entry is erased: undo entries and idempotency marks go, and the items to be rewritten are
    /// noted.
    /// </summary>
    public ErasedAppointment? Erased { get; init; }

    /// <summary>What was taken of a link because its staff member is erased; counted in that report.</summary>
    public ErasedCalendar? ErasedCalendar { get; init; }

    /// <summary>
    /// Appointments whose retention has ended: they go with their conflicts and undo entries; their copies are in <see cref="Remove"/>.
    /// </summary>
    public IReadOnlyList<Appointment> Forget { get; init; } = [];

    /// <summary>Remembers that a create with this key has been carried out.</summary>
    public IdempotencyRecord? Idempotency { get; init; }
}

/// <param name="ExchangeEvents">Events that were taken out of the booking product.</param>
/// <param name="Items">Items that are to go from Exchange.</param>
public sealed record DetachedCalendar(
    Guid IntegrationId,
    Guid LinkId,
    string StaffId,
    string StaffName,
    string? MailboxAddress,
    int ExchangeEvents,
    int Items);

/// <param name="GivenUp">What still waits is listed as it is.</param>
public sealed record ErasedAppointment(Guid ErasureId, Guid AppointmentId, bool GivenUp);

/// <param name="ExchangeEvents">Events that were taken out of the booking product.</param>
/// <param name="Items">Items that are to go from Exchange.</param>
public sealed record ErasedCalendar(Guid ErasureId, int ExchangeEvents, int Items);

/// <param name="Unit">As the deletion fuse counts: a single event, a whole series, or an appointment.</param>
public sealed record Removal(Guid LinkId, string Unit, DateTimeOffset At);

/// <summary>The integration's settings version that a plan was made under.</summary>
public sealed record PlannedUnder(Guid IntegrationId, int SettingsVersion);

public sealed record LinkWarning(Guid Id, Guid LinkId, DateTimeOffset At, SyncWarning Warning);
