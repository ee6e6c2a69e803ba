namespace CleanSync.Infrastructure.Exchange.ResponseCodes;

/// <summary>Of a mailbox, its calendar, the rights on it, and the account that asks.</summary>
internal static class MailboxCodes
{
    private const string Address = "Check the address in the staff member's link, or enable the mailbox in Exchange.";
    private const string Sites = "Check the EWS virtual directories of the mailbox's site.";
    private const string Rights = "Grant the account the right on the staff member's calendar that the connection doctor names.";

    public static IReadOnlyList<CodeWords> Rows { get; } =
    [
        new("ErrorNonExistentMailbox", "No mailbox has this address; after a migration a stored id can name one that is gone.", Address),
        new(
            "ErrorNonPrimarySmtpAddress",
            "The address is a further one of a mailbox, and Exchange wants the primary one, which it names as a rule.",
            "Enter the primary address in the staff member's link."),
        new("ErrorInvalidSmtpAddress", "The address is malformed.", Address),
        new("ErrorInvalidUserPrincipalName", "The user principal name is malformed or unknown.", Address),
        new("ErrorMailboxConfiguration", "The directory entry of the mailbox is broken.", "Have the mailbox looked at with Get-Mailbox."),
        new("ErrorQuotaExceeded", "The mailbox is full.", "Make room in it, or raise its quota; reading goes on."),
        new("ErrorAccessDenied", "The account may not do this with the folder or the item.", Rights),
        new("ErrorCreateItemAccessDenied", "The account may not create items in the folder.", Rights),
        new("ErrorFolderNotFound", "The folder does not exist, or the account may not see it.", Rights),
        new("ErrorSyncFolderNotFound", "The folder of the cursor does not exist any more.", "Nothing: the mailbox is opened anew."),
        new("ErrorFolderCorrupt", "The folder is damaged.", "Have the mailbox repaired with New-MailboxRepairRequest."),
        new(
            "ErrorCalendarFolderIsInvalidForCalendarView", "The folder that was opened is no calendar.",
            "Link the staff member's mailbox anew."),
        new(
            "ErrorInvalidSyncStateData", "The cursor into the change feed is damaged, too old, or of another folder.",
            "Nothing: the calendar is read whole."),
        new(
            "ErrorWrongServerVersion", "The mailbox lies on a server of another version, which has to be asked itself.",
            "Enter the address of a server of that version."),
        new(
            "ErrorWrongServerVersionDelegate", "The account's mailbox and the staff member's lie on servers of different versions.",
            "Use impersonation, or move one of the mailboxes."),
        new("ErrorProxyRequestNotAllowed", "This server may not pass calls on to the server that has the mailbox.", Sites),
        new("ErrorCrossSiteRequest", "The mailbox lies in another site, whose server has to be asked itself.", Sites),
        new("ErrorNoApplicableProxyCASServersAvailable", "No server of the mailbox's site takes calls that are passed on.", Sites),
        new(
            "ErrorNoDestinationCASDueToKerberosRequirements",
            "The servers of the mailbox's site are not set up for Integrated Windows authentication.",
            Sites),
        new("ErrorNoDestinationCASDueToSSLRequirements", "The servers of the mailbox's site do not take calls over TLS.", Sites),
        new(
            "ErrorNoDestinationCASDueToVersionMismatch",
            "The servers of the mailbox's site have a version that this one does not pass calls on to.",
            Sites),

        new(
            "ErrorImpersonateUserDenied", "The account may not act for this mailbox.",
            "Assign it the management role ApplicationImpersonation with a scope that holds this mailbox."),
        new(
            "ErrorImpersonationDenied", "The account may not act for others through this server.",
            "Assign it the management role ApplicationImpersonation."),
        new(
            "ErrorCallerIsInvalidADAccount", "The account is not usable in Active Directory.",
            "Have the service account looked at in Active Directory."),
        new("ErrorAccountDisabled", "The account is disabled.", "Enable the service account in Active Directory."),
        new("ErrorPasswordExpired", "The account's password has expired.", "Set a new password, and save it in the integration."),
        new(
            "ErrorPasswordChangeRequired", "The account has to change its password at the next logon.",
            "Set a new password without that condition, and save it in the integration."),
        new(
            "ErrorMissingEmailAddress", "The account has no mailbox, and no other was named.",
            "Enable a mailbox for it, or switch impersonation on."),
        new(
            "ErrorInvalidServerVersion", "The server does not know the version that the requests name.",
            "Choose an older entry of the list of versions."),
        new(
            "ErrorInvalidSchemaVersionForMailboxVersion",
            "The mailbox lies on a server that is older than the version that the requests name.",
            "Choose an older entry of the list of versions."),
    ];
}
