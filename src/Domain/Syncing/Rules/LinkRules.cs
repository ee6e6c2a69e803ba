using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.CleanUp;

namespace CleanSync.Domain.Syncing.Rules;

/// <summary>What holds up a whole staff member, or one appointment of theirs.</summary>
public static class LinkRules
{
    /// <summary>In the order in which they have to be mended; null when everything may flow.</summary>
    public static SyncRule? HoldsUp(StaffCalendarLink link, IntegrationStatus integration) => (link, integration) switch
    {
        ({ Enabled: false }, _) => SyncRules.LinkDisabled,
        (_, IntegrationStatus.Draft) => SyncRules.IntegrationNotAuthorized,
        (_, IntegrationStatus.CredentialRefused) => SyncRules.CredentialRefused,
        (_, IntegrationStatus.PasswordUnreadable) => SyncRules.PasswordUnreadable,
        (_, not IntegrationStatus.Active) => SyncRules.IntegrationPaused,
        ({ MailboxAddress: null }, _) => SyncRules.MailboxAddressMissing,
        ({ Cursor: null } or { CalendarId: null }, _) => SyncRules.FirstSyncPending,
        _ => null,
    };

    /// <summary>Why an appointment is not in the staff member's calendar as it should be; null when it is.</summary>
    /// <param name="copy">The staff member's copy that lives, or the last one; null when there never was one.</param>
    public static SyncRule? HoldsUp(Appointment appointment, string staffId, SyncedEvent? copy) => copy switch
    {
        _ when StaysPrivate(copy) => SyncRules.CopyIsPrivate,
        { PushState: PushState.Gone or PushState.Withdrawing } when appointment.Wants(staffId) => SyncRules.CopyWithdrawn,
        _ when !appointment.IsBooked => SyncRules.AppointmentCancelled,
        _ when !appointment.Wants(staffId) => SyncRules.NotOfThisStaffMember,
        null => SyncRules.AppointmentWasOver,
        _ => HoldsUp(copy),
    };

    /// <summary>What is wrong with a stored row itself; null when nothing is.</summary>
    public static SyncRule? HoldsUp(SyncedEvent row) => row switch
    {
        { Hold: RemovalHold.Held } => SyncRules.RemovalHeld,
        { Hold: RemovalHold.Kept } => SyncRules.RemovalKept,
        { Kind: EventKind.Unreadable } => SyncRules.PoisonItem,
        { Kind: EventKind.Stray } => SyncRules.StrayCopy,
        { Kind: EventKind.Series } => SyncRules.SeriesMaster,
        { PushState: PushState.Queued } => SyncRules.Queued,
        { PushState: PushState.Failed } => SyncRules.PushFailed,
        _ when StaysPrivate(row) => SyncRules.CopyIsPrivate,
        { PushState: PushState.Withdrawing or PushState.Gone } => SyncRules.CopyWithdrawn,
        { BecameSeries: true } => SyncRules.BecameSeries,
        _ => null,
    };

    private static bool StaysPrivate(SyncedEvent? row) =>
        row is { PushState: PushState.Withdrawing, PushFailure.Code: { } code } && code == StayReason.IsPrivate.Code;
}
