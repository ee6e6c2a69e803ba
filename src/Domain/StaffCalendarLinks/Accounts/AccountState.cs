using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Domain.StaffCalendarLinks.Accounts;

/// <summary>The state of a staff member in the user accounts list, in its order. Stored by number.</summary>
public enum AccountState
{
    /// <summary>Access denied, permissions missing, or another failure.</summary>
    Error,

    /// <summary>
    /// Data is missing on either side: no e-mail address, no such mailbox; or nothing syncs because the integration does not run.
    /// </summary>
    Warning,

    /// <summary>Kept the same, or being read for the first time.</summary>
    Syncing,

    /// <summary>Switched off by hand: in none of the three counts.</summary>
    Off,
}

public static class AccountStates
{
    /// <summary>What the link says of itself.</summary>
    public static AccountState Own(StaffCalendarLink link) => link switch
    {
        { Enabled: false } => AccountState.Off,
        { Health.State: LinkState.Error } => AccountState.Error,
        { Health.State: LinkState.Warning } or { MailboxAddress: null } => AccountState.Warning,
        _ => AccountState.Syncing,
    };

    /// <summary>
    /// What the list shows: nobody syncs through an integration that does not run, or of which Exchange asked for a long pause.
    /// </summary>
    public static AccountState Under(IntegrationStatus integration, AccountState own, bool isHeldUp = false) => (integration, own) switch
    {
        (IntegrationStatus.Active, AccountState.Syncing) when isHeldUp => AccountState.Warning,
        (IntegrationStatus.Active, _) or (_, not AccountState.Syncing) => own,
        (IntegrationStatus.CredentialRefused or IntegrationStatus.PasswordUnreadable, _) => AccountState.Error,
        _ => AccountState.Warning,
    };
}
