
namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>A staff member, their mailbox, the cursor into its calendar, and the link's health.</summary>
public sealed partial record StaffCalendarLink
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
    public PassFailure? LastFailure { get; init; }

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

    /// <summary>Whether the calendar was read from scratch since an admin asked for it.</summary>
    public bool IsReadAgain => Cursor is not null && LastSyncedAt >= ResyncAskedAt;

    private bool IsUnhandled => Health.Reason?.Code == Unexpected.Name;
}
