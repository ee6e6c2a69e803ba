using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

/// <summary>A staff member's link with all that is known of it.</summary>
/// <param name="State">As the user accounts list shows it.</param>
/// <param name="Problem">Stable code of what is wrong; null when nothing is.</param>
/// <param name="Reason">What is wrong and what to do.</param>
/// <param name="LagSeconds">Seconds since the calendar was known to be as Exchange has it: the last pass, or a later sign of life of its
/// stream; null before the first pass.</param>
/// <param name="FirstSyncDone">The calendar was read whole.</param>
/// <param name="PendingPushes">Copies that wait to be written or removed in Exchange.</param>
/// <param name="HeldDeletions">Removals that wait for an admin's decision, because too much disappeared at once.</param>
/// <param name="FormerCopies">Appointments that still have to be removed from a calendar that the staff member had before.</param>
/// <param name="LastError">The last failure; it stays after the link has recovered. Null while there was none.</param>
/// <param name="Drift">What the nightly comparison found otherwise than stored, although Exchange had reported no change; it is healed
/// already.</param>
/// <param name="Notifications">Whether Exchange tells of changes in the calendar, or it is read at intervals, and why.</param>
/// <param name="Warnings">The latest warnings, newest first, at most 20.</param>
/// <param name="DeletionAskedAt">The link is being deleted: it goes when 'formerCopies' is 0. Null as a rule.</param>
/// <param name="Version">For If-Match: raised by what an admin changes, and by no pass.</param>
public sealed record StaffLinkView(
    string StaffId,
    string StaffName,
    Guid IntegrationId,
    string? MailboxAddress,
    string TimeZone,
    bool Enabled,
    AccountState State,
    string? Problem,
    string? Reason,
    string? ExchangeCode,
    DateTimeOffset? LastSyncedAt,
    double? LagSeconds,
    bool FirstSyncDone,
    int PendingPushes,
    int ExternalEvents,
    int HeldDeletions,
    int FormerCopies,
    LinkFailure? LastError,
    DriftView Drift,
    LinkNotifications Notifications,
    IReadOnlyList<LinkWarningView> Warnings,
    DateTimeOffset? DeletionAskedAt,
    int Version);

/// <param name="Events">Events that drifted since the link was made.</param>
/// <param name="LastAt">When drift was last established; null while there was none.</param>
public sealed record DriftView(int Events, DateTimeOffset? LastAt);

/// <summary>The last failure of a link's passes; it stays after the link has recovered.</summary>
/// <param name="Problem">Stable code, such as <c>mailbox-not-found</c>.</param>
/// <param name="Reason">What was wrong, in words.</param>
/// <param name="ExchangeCode">Exchange's own code; null when Exchange gave none.</param>
public sealed record LinkFailure(DateTimeOffset At, string Problem, string Reason, string? ExchangeCode);

public sealed record LinkWarningView(string Code, string Reason, DateTimeOffset At);

public sealed record GetStaffLink(string StaffId) : IRequest<Result<StaffLinkView>>;
