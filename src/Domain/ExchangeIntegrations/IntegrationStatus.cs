namespace CleanSync.Domain.ExchangeIntegrations;

public enum IntegrationStatus
{
    /// <summary>Saved, but not authorized yet: nothing is sent to Exchange.</summary>
    Draft,

    /// <summary>Authorized: passes and pushes run.</summary>
    Active,

    /// <summary>
    /// Exchange refused the credential: all traffic has stopped until a new password arrives or an admin authorizes again.
    /// </summary>
    CredentialRefused,

    /// <summary>An admin paused it: nothing is sent to Exchange until it is resumed; what changes meanwhile waits.</summary>
    Paused,

    /// <summary>It is being taken out of Exchange and of the booking product; at the end it is gone.</summary>
    Disconnecting,

    /// <summary>The stored password does not open: nothing is sent until its key is restored or the password is entered again.</summary>
    PasswordUnreadable,
}
