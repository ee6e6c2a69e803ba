using CleanSync.Application.Syncing.Reading;
using CleanSync.Domain.StaffCalendarLinks.Accounts;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>What an authorization found: the account works, and this is what it may do for each staff member.</summary>
/// <param name="AccountHasMailbox">Needed without impersonation; useful with it.</param>
/// <param name="ServerBuild">What the server says of itself, such as 15.2.1544; null when it says nothing.</param>
public sealed record AuthorizationReport(
    IntegrationView Integration,
    bool AccountHasMailbox,
    string? ServerBuild,
    IReadOnlyList<StaffAuthorization> Staff);

/// <param name="State">Syncing when the calendar can be synced.</param>
/// <param name="AppointmentsToWrite">Appointments that wait to be written into the calendar.</param>
/// <param name="FirstSync">What the first sync will do on each side; null unless it was asked for, where the calendar was read before or
/// cannot be read, and beyond the first 20 calendars.</param>
/// <param name="Note">Something worth knowing that keeps nothing from working; null as a rule.</param>
/// <param name="Problem">Stable code of what is wrong, such as <c>mailbox-not-found</c>; null when the calendar can be synced.</param>
/// <param name="Reason">What is wrong and what to do.</param>
public sealed record StaffAuthorization(
    string StaffId,
    string StaffName,
    string? MailboxAddress,
    AccountState State,
    string? Problem,
    string? Reason,
    string? ExchangeCode,
    int AppointmentsToWrite,
    FirstSyncEstimate? FirstSync,
    string? Note);
