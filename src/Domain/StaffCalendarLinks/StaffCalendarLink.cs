
namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>A staff member, their mailbox, the cursor into its calendar, and the link's health.</summary>
public sealed record StaffCalendarLink
{
    public required Guid Id { get; init; }

    /// <summary>The booking product's own id of the staff member; one link each.</summary>
    public required string StaffId { get; init; }

    public required string StaffName { get; init; }

    public required Guid IntegrationId { get; init; }

    /// <summary>Primary SMTP address; null while the booking product has none.</summary>
    public string? MailboxAddress { get; init; }

    /// <summary>IANA or Windows id of the staff member's zone.</summary>
    public required string TimeZone { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Switched off, and the copies of appointments go from the calendar; until it is switched on again none is made.</summary>
    public bool RemovesCopies { get; init; }

    /// <summary>
    /// Exchange's id of the calendar folder, learned at authorisation; passes name it, so that a replaced calendar is noticed.
    /// </summary>
    public string? CalendarId { get; init; }

    /// <summary>False until the mailbox that the address names now was opened.</summary>
    public bool CalendarChecked { get; init; }

    /// <summary>An admin has given the link another mailbox, which was not opened yet; null as a rule.</summary>
    public FormerMailbox? Former { get; init; }

    /// <summary>Null until a full pass has committed; no copy is created before that.</summary>
    public SyncCursor? Cursor { get; init; }

    /// <summary>The integration's projection version under which the last full read of the window happened.</summary>
    public int ProjectionVersion { get; init; }

    /// <summary>The day, in the staff member's zone, on which the window was last read whole.</summary>
    public DateOnly? WindowReadOn { get; init; }

    /// <summary>Start of the window that was last read whole; null before the first, and of one from before this was noted.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <summary>End of the window that was last read whole; null before the first.</summary>
    public DateTimeOffset? WindowEnd { get; init; }

    /// <summary>A page already committed says that the window must be read before the pass is complete (a series changed).</summary>
    public bool WindowReadDue { get; init; }

    /// <summary>
    /// The mailbox opens another calendar than the one whose events are stored, and nobody chose that: until it was read whole, what leaves
    /// is held.
    /// </summary>
    public bool CalendarReplaced { get; init; }

    public LinkDrift Drift { get; init; } = LinkDrift.None;

    public LinkHealth Health { get; init; } = LinkHealth.Waiting;

    public DateTimeOffset? LastSyncedAt { get; init; }

    public DateTimeOffset? NextSyncAt { get; init; }

    /// <summary>Failures in a row; 0 after a pass that ended well.</summary>
    public int Failures { get; init; }

    /// <summary>When the first of the failures in a row was; null after a success.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When Exchange last reported a change of this calendar; null before the first.</summary>
    public DateTimeOffset? LastChangeAt { get; init; }

    /// <summary>An admin asked for the mailbox to be opened and read anew, which has not happened yet; null as a rule.</summary>
    public DateTimeOffset? RecheckAskedAt { get; init; }

    /// <summary>When the last check that an admin asked for had its result; null before the first.</summary>
    public DateTimeOffset? RecheckedAt { get; init; }

    /// <summary>Null while no pass has failed.</summary>
    public LinkFailure? LastFailure { get; init; }

    /// <summary>When an admin last had the calendar read again from scratch; null before the first time.</summary>
    public DateTimeOffset? ResyncAskedAt { get; init; }

    /// <summary>The integration's identity version under which the stored ids were read: under another one they mean nothing.</summary>
    public int IdentityVersion { get; init; } = 1;

    /// <summary>Null as a rule; otherwise nothing is read or written, and the link goes when nothing is left of what is to go.</summary>
    public LinkDeletion? Deletion { get; init; }

    /// <summary>Raised by each change that an admin makes, and by no pass: what an admin's If-Match names.</summary>
    public int SettingsVersion { get; init; } = 1;

    /// <summary>Version of the stored row; 0 before the first save.</summary>
    public int Version { get; init; }

    public StaffCalendarLink Put(
        Guid integrationId,
        string staffName,
        string? mailboxAddress,
        string timeZone,
        DateTimeOffset now)
    {
        var sameMailbox = integrationId == IntegrationId
            && string.Equals(mailboxAddress, MailboxAddress, StringComparison.OrdinalIgnoreCase);
        var kept = this with
        {
            IntegrationId = integrationId,
            StaffName = staffName,
            MailboxAddress = mailboxAddress,
            TimeZone = timeZone,
            NextSyncAt = now,
            SettingsVersion = SettingsVersion + 1,
        };
        var former = Former ?? (CalendarId is not null && MailboxAddress is { } address ? new FormerMailbox(IntegrationId, address) : null);
        return sameMailbox ? kept : kept with { CalendarChecked = false, Former = former, Health = LinkHealth.Of(StaffId, mailboxAddress) };
    }

    /// <summary>
    /// The mailbox was opened. Another calendar than before starts from a full pass; the same one goes on from its cursor. An unhandled
    /// exception, which may come again in what follows, is not over yet.
    /// </summary>
    public StaffCalendarLink Checked(string calendarId, DateTimeOffset now) => (IsUnhandled ? this : WithoutTrouble()) with
    {
        CalendarId = calendarId,
        CalendarChecked = true,
        CalendarReplaced = calendarId == CalendarId ? CalendarReplaced : CalendarId is not null && Former is null,
        Former = null,
        Cursor = calendarId == CalendarId ? Cursor : null,
        NextSyncAt = now,
        RecheckAskedAt = null,
        RecheckedAt = RecheckAskedAt is null ? RecheckedAt : now,
    };

    private bool IsUnhandled => Health.Problem == Unexpected.Name;

    private StaffCalendarLink WithoutTrouble() =>
        this with { Health = Health.State is LinkState.Syncing ? Health : LinkHealth.Waiting, Failures = 0, FailingSince = null };

    /// <summary>An admin wants the mailbox opened and read anew: the next pass, which is due now, does so.</summary>
    public StaffCalendarLink RecheckAsked(DateTimeOffset now) => this with { RecheckAskedAt = now, NextSyncAt = now };

    /// <summary>Exchange does not know the calendar folder any more: the next pass opens the mailbox anew.</summary>
    public StaffCalendarLink CalendarLost() => this with { CalendarChecked = false };

    public StaffCalendarLink SwitchedOn(DateTimeOffset now) => this with
    {
        Enabled = true,
        RemovesCopies = false,
        NextSyncAt = now,
        Failures = 0,
        FailingSince = null,
        Health = LinkHealth.Of(StaffId, MailboxAddress),
        SettingsVersion = SettingsVersion + 1,
    };

    public StaffCalendarLink SwitchedOff(bool removesCopies) => this with
    {
        Enabled = false,
        RemovesCopies = removesCopies,
        NextSyncAt = null,
        RecheckAskedAt = null,
        Health = LinkHealth.Waiting,
        SettingsVersion = SettingsVersion + 1,
    };

    /// <summary>An admin wants it deleted: from now on no pass and no push begins.</summary>
    public StaffCalendarLink ToDelete(bool removesCopies, DateTimeOffset now) =>
        SwitchedOff(removesCopies: false) with { Deletion = new LinkDeletion(Deletion?.AskedAt ?? now, removesCopies) };

    /// <summary>A page was committed; the pass is not complete yet. A cursor that an admin dropped meanwhile stays dropped.</summary>
    public StaffCalendarLink Advanced(SyncCursor cursor, bool windowReadDue) =>
        this with { Cursor = Cursor is null ? null : cursor, WindowReadDue = WindowReadDue || windowReadDue };

    /// <summary>The next pass, which is due now, reads the calendar from scratch.</summary>
    public StaffCalendarLink Resynced(DateTimeOffset now) =>
        this with { Cursor = null, ResyncAskedAt = now, NextSyncAt = now, Failures = 0, FailingSince = null };

    /// <summary>Whether the calendar was read from scratch since an admin asked for it.</summary>
    public bool IsReadAgain => Cursor is not null && LastSyncedAt >= ResyncAskedAt;

    /// <summary>Its integration is being disconnected: nothing is known of the calendar any more, and nothing is read or written.</summary>
    public StaffCalendarLink Leaving() => this with
    {
        Enabled = false,
        RemovesCopies = false,
        CalendarId = null,
        CalendarChecked = false,
        CalendarReplaced = false,
        Former = null,
        Cursor = null,
        NextSyncAt = null,
        Health = LinkHealth.Waiting,
    };

    /// <summary>The next pass, which is due now, reads the window whole.</summary>
    public StaffCalendarLink WindowDue(DateTimeOffset now) =>
        this with { WindowReadDue = true, NextSyncAt = NextSyncAt is null || NextSyncAt > now ? now : NextSyncAt };

    /// <summary>The window was read whole and the difference is in the same commit.</summary>
    public StaffCalendarLink WindowRead(SyncWindow window, int projectionVersion) => this with
    {
        WindowReadDue = false,
        CalendarReplaced = false,
        WindowReadOn = window.Day,
        WindowStart = window.Start,
        WindowEnd = window.End,
        ProjectionVersion = projectionVersion,
    };

    public StaffCalendarLink Completed(DateTimeOffset now, TimeSpan cadence, LinkHealth health) =>
        this with
        {
            LastSyncedAt = now,
            NextSyncAt = RecheckAskedAt is null && Cursor is not null ? now + cadence : now,
            Failures = 0,
            FailingSince = null,
            Health = health
        };

    /// <summary>What is wrong is known, and so is the result of a check that an admin asked for.</summary>
    public StaffCalendarLink Failed(LinkHealth health, DateTimeOffset now, DateTimeOffset nextTry) => FailedInPassing(nextTry) with
    {
        Health = health,
        RecheckAskedAt = null,
        RecheckedAt = RecheckAskedAt is null ? RecheckedAt : now,
    };

    /// <summary>This may pass by itself: the link stays as it was, and a check that an admin asked for is still to come.</summary>
    public StaffCalendarLink FailedInPassing(DateTimeOffset nextTry) => this with { Failures = Failures + 1, NextSyncAt = nextTry };

    /// <summary>Exchange no longer accepts the cursor: the next pass is a full one.</summary>
    public StaffCalendarLink CursorRefused() => this with { Cursor = null };
}
