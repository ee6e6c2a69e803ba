using static CleanSync.Domain.Syncing.Rules.SyncRuleSubject;

namespace CleanSync.Domain.Syncing.Rules;

/// <summary>
/// Every rule that leaves something out, by name. Filters and planners answer with these, so what is published is what is done.
/// </summary>
public static class SyncRules
{
    public static SyncRule CancelledMeeting { get; } = new(
        "cancelled-meeting",
        Event,
        "The meeting is cancelled, so it blocks no time.",
        "Nothing: remove it from the calendar in Outlook, or have the organiser send it anew.");

    public static SyncRule FreeBusyFree { get; } = new(
        "free-busy-free",
        Event,
        "The event is shown as Free.",
        "Set 'Show as' to Busy, Tentative or Out of office in Outlook if it should block time.");

    public static SyncRule WorkingElsewhere { get; } = new(
        "working-elsewhere",
        Event,
        "The event is shown as Working elsewhere.",
        "Set 'Show as' to Busy, Tentative or Out of office in Outlook if it should block time.");

    public static SyncRule ZeroLength { get; } = new(
        "zero-length",
        Event,
        "The event ends when it starts.",
        "Give it a later end in Outlook if it should block time.");

    public static SyncRule OutsideWindow { get; } = new(
        "outside-window",
        Event,
        "The event lies outside the window, which reaches from one day before today to the integration's horizon.",
        "Nothing: it comes in by itself when the window reaches it. The horizon is a setting of the integration.");

    public static SyncRule SeriesMaster { get; } = new(
        "series-master",
        Event,
        "This is a series as a whole. Its occurrences are synced, each by itself.",
        "Ask about one occurrence, or about a time range.");

    public static SyncRule CopysOwnOccurrence { get; } = new(
        "copys-own-occurrence",
        Event,
        "Outlook made a series of an appointment's copy; this occurrence is the appointment itself, which blocks the time already.",
        "Nothing. Make further bookings in the booking product.");

    public static SyncRule StrayCopy { get; } = new(
        "stray-copy",
        Event,
        "The item is a second copy that CleanSync made of an appointment, and is being removed.",
        "Nothing: it goes by itself.");

    public static SyncRule PoisonItem { get; } = new(
        "poison-item",
        Event,
        "Exchange cannot give this item, not even its times.",
        "Open the item in Outlook and save it, or delete it.");

    public static SyncRule NotAnEvent { get; } = new("not-an-event", Event, "The item lies in the calendar and is no event.",
        "Nothing: only events block time. If it should be one, make an event of it in Outlook.");

    public static SyncRule DeclinedMeeting { get; } = new("declined-meeting", Event, "The staff member declined this meeting and kept it.",
        "Accept the meeting in Outlook if it should block time. The setting Sync:DeclinedMeetingsBlock lets all of them block.");

    public static SyncRule NotDefaultCalendar { get; } = new(
        "not-default-calendar",
        Event,
        "The item is not in the staff member's default calendar: it was deleted, or lies in another folder or calendar.",
        "Move it into the default calendar in Outlook if it should block time.");

    public static SyncRule IdMeansNothing { get; } = new(
        "id-means-nothing",
        Event,
        "Exchange does not know this id any more: a migration may have given the item another one.",
        "Ask about a time range, or sync the calendar, and ask again.");

    public static SyncRule NotReadYet { get; } = new(
        "not-read-yet",
        Event,
        "The event counts, but no pass has read it yet.",
        "Nothing: the next pass brings it.");

    public static SyncRule RemovalHeld { get; } = new(
        "removal-held",
        Event,
        "The event left Exchange together with many others, so its removal waits for an admin and it goes on blocking time.",
        "Decide.");

    public static SyncRule RemovalKept { get; } = new(
        "removal-kept",
        Event,
        "The event left Exchange, and an admin kept it here: it blocks time until it has passed.",
        "Nothing.");

    public static SyncRule NotOfThisStaffMember { get; } = new(
        "not-of-this-staff-member",
        Appointment,
        "The appointment is not this staff member's.",
        "Add the staff member to the appointment if they take it.");

    public static SyncRule AppointmentCancelled { get; } = new(
        "appointment-cancelled",
        Appointment,
        "The appointment is cancelled.",
        "Book it again if it should take place.");

    public static SyncRule AppointmentWasOver { get; } = new(
        "appointment-was-over",
        Appointment,
        "The appointment has no copy: it was over when the staff member was linked.",
        "Nothing: only upcoming appointments are written to Exchange.");

    public static SyncRule Queued { get; } = new(
        "queued",
        Appointment,
        "The copy waits to be written to Exchange.",
        "Nothing: it is written within seconds, or as soon as what holds up the staff member is mended.");

    public static SyncRule PushFailed { get; } = new(
        "push-failed",
        Appointment,
        "Exchange did not take the copy the last time. It is tried again by itself.",
        "The reason of the failure says what to do.");

    public static SyncRule CopyWithdrawn { get; } = new(
        "copy-withdrawn",
        Appointment,
        "The copy was removed from the calendar, or is being removed.",
        "Restore the appointment under the staff member's removals, or switch the staff member on again, if it should be there.");

    public static SyncRule CopyIsPrivate { get; } = new(
        "copy-is-private",
        Appointment,
        "The copy is to go, but its owner made it private and the account may not see private items there: it stays, and blocks its time.",
        "Delete it in Outlook, or make it normal there. Or let the account see private items.");

    public static SyncRule BecameSeries { get; } = new(
        "became-series",
        Appointment,
        "Outlook made a series of the copy; the appointment keeps its own time and no longer follows the calendar.",
        "Make further bookings in the booking product.");

    public static SyncRule LinkDisabled { get; } = new(
        "link-disabled",
        StaffMember,
        "Syncing is switched off for this staff member.",
        "Switch it on.");

    public static SyncRule MailboxAddressMissing { get; } = new(
        "mailbox-address-missing",
        StaffMember,
        "The staff member has no e-mail address.",
        "Enter it.");

    public static SyncRule IntegrationNotAuthorized { get; } = new(
        "integration-not-authorized",
        StaffMember,
        "The integration is not authorized, so nothing is sent to Exchange.",
        "Authorize it.");

    public static SyncRule CredentialRefused { get; } = new(
        "credential-refused",
        StaffMember,
        "Exchange refused the integration's password, so nothing is sent until there is a new one.",
        "Save the new password in the integration, then authorize it again.");

    public static SyncRule LogonInDoubt { get; } = new(
        "logon-in-doubt",
        StaffMember,
        "Exchange refused a logon of a password that had worked a moment ago, so nothing is sent until one call has tried it alone.",
        "Nothing: it is tried within a minute. If the password was changed, enter the new one in the integration.");

    public static SyncRule PasswordUnreadable { get; } = new(
        "password-unreadable",
        StaffMember,
        "The integration's stored password cannot be opened, so nothing is sent to Exchange.",
        "The status of the integration says why: restore the key that seals passwords, or enter the password again.");

    public static SyncRule IntegrationPaused { get; } = new(
        "integration-paused",
        StaffMember,
        "The integration is stopped for now, so nothing is sent to Exchange.",
        "Resume the integration, or wait until it has ended what it does.");

    public static SyncRule FirstSyncPending { get; } = new(
        "first-sync-pending",
        StaffMember,
        "The calendar was not read whole yet.",
        "Nothing: the first sync ends by itself. If the staff member shows an error, mend that.");

    public static IReadOnlyList<SyncRule> All { get; } =
    [
        CancelledMeeting, FreeBusyFree, WorkingElsewhere, ZeroLength, OutsideWindow, SeriesMaster, CopysOwnOccurrence, StrayCopy,
        PoisonItem, NotAnEvent, DeclinedMeeting, NotDefaultCalendar,
        IdMeansNothing, NotReadYet, RemovalHeld, RemovalKept,
        NotOfThisStaffMember, AppointmentCancelled, AppointmentWasOver, Queued, PushFailed, CopyWithdrawn, CopyIsPrivate, BecameSeries,
        LinkDisabled,
        MailboxAddressMissing,
        IntegrationNotAuthorized,
        CredentialRefused,
        LogonInDoubt,
        PasswordUnreadable,
        IntegrationPaused,
        FirstSyncPending,
    ];
}
