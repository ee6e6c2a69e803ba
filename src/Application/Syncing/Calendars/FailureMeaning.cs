namespace CleanSync.Application.Syncing.Calendars;

/// <summary>What a failure means besides how far it reaches.</summary>
public enum FailureMeaning
{
    /// <summary>Nothing besides.</summary>
    AsReached,

    /// <summary>The password was refused or has to be changed, or the account is disabled; not, say, a right that is missing.</summary>
    CredentialRefused,

    /// <summary>Exchange does not know the calendar that was asked for: the mailbox may have another one.</summary>
    CalendarUnknown,

    /// <summary>The calendar is gone, and all that lay in it; the mailbox may have another one.</summary>
    CalendarGone,

    /// <summary>The change feed cannot give an item, not even on a page of its own; what is in the calendar can still be read.</summary>
    ChangesUnreadable,

    /// <summary>Exchange stopped before the end of something long: it may do half of it.</summary>
    TooMuch,

    /// <summary>It passes as a rule; when it comes again and again for one item, it is the item's own.</summary>
    MayBeOfItem,

    /// <summary>Exchange does not know the time zone that was named; nothing was written.</summary>
    ZoneUnknown,
}
