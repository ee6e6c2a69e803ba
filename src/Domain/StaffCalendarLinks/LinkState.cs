namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>The state of a link as the user accounts list shows it.</summary>
public enum LinkState
{
    /// <summary>Not checked yet, or switched off.</summary>
    Waiting,

    Syncing,

    /// <summary>Data is missing on either side: no e-mail address, no such mailbox.</summary>
    Warning,

    /// <summary>Access denied, permissions missing, or another failure.</summary>
    Error,
}
