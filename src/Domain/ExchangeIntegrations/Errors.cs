namespace CleanSync.Domain.ExchangeIntegrations;

public sealed record IntegrationNotFound(Guid Id)
    : NotFound($"There is no integration {Id}.");

public sealed record MailAddressIsNeeded(string UserName)
    : InvalidInput(
        $"{UserName} does not say which mail domain to ask. Send the account's mail address as mailAddress, and the password with it.");

public sealed record PasswordIsNeeded(string Fields)
    : InvalidInput($"This would send the stored password where it was not given for: it changes {Fields}. Nothing was sent or changed. "
        + "Send the service account's password as password in the same request.");

public sealed record TooManyWrongPasswords(string UserName, string Until)
    : Conflict($"Two passwords of {UserName} were refused, or sent and never answered, within 30 minutes. A third may lock the account. "
        + $"Nothing was sent, and nothing is until {Until}, whatever the server. "
        + "Find the right password first. To go on before that, send \"tryAnyway\": true with the request; it is noted in the audit log. "
        + "A logon that works ends the wait.");

public sealed record IntegrationIsNotAuthorized(string Status)
    : Conflict($"The integration is {Status}, so nothing is sent to Exchange. Authorize it first.");

public sealed record IntegrationIsPaused(string Reason)
    : Conflict($"The integration is paused: {Reason}. Nothing is sent to Exchange; bookings and edits wait, and go out when it is resumed.");

public sealed record IntegrationIsBeingDisconnected()
    : Conflict("The integration is being disconnected, and is gone when that has ended.");

public sealed record DisplayNameDiffers(string DisplayName)
    : Conflict($"Nothing was done: the name does not confirm it. Send displayName exactly as the integration is called: {DisplayName}.");

public sealed record DisconnectionNotFound(Guid Id)
    : NotFound($"Integration {Id} is not being disconnected, and was not.");

public sealed record NothingIsLeftToFinish(Guid Id)
    : Conflict($"Integration {Id} is not being disconnected, so there is nothing to finish.");

public sealed record NewPasswordIsRefused(string UserName, bool OrExtendedProtection = false)
    : Conflict($"Exchange refused the new password of {UserName}. It was tried once, and nothing was changed: the stored password stays as it was, and so does the integration. Check it, then send it again."
        + (OrExtendedProtection ? " If you are sure that it is right: with NTLM, Extended Protection and a proxy that opens TLS look the same from here. The connection doctor says how to tell the two apart." : ""));

public sealed record NewConnectionDoesNotWork(string Reason)
    : Conflict($"The new connection was tried once and does not work: {Reason} Nothing was changed; correct it and send it again.");

public sealed record NewConnectionIsUnreachable(string Reason)
    : Unavailable(
        $"The new connection or password could not be tried: {Reason} Nothing was changed; send it again when the server answers.");

public sealed record CredentialRefused(string UserName)
    : Conflict($"Exchange refused the user name or password of {UserName}. It was tried once and will not be tried again, so that the account is not locked. "
        + "Check that the password is right and not expired, then save it: it is tried once, and everything goes on when it works. Authorize a draft again.");

public sealed record CredentialOrExtendedProtectionRefused(string UserName, string Certificate, string Before)
    : Conflict($"Exchange refused the NTLM logon of {UserName}. It was tried once and will not be tried again, so that the account is not locked. "
        + "Two causes look the same from here: the user name or password is wrong or expired; or Exchange has Extended Protection on, and a proxy or load balancer in between opens TLS with a certificate of its own. "
        + $"CleanSync was shown {Certificate}. {(Before.Length == 0 ? "" : Before + " ")}If IIS on the Exchange server binds a certificate with another fingerprint, let the proxy pass TLS through unopened, or give it Exchange's own certificate. "
        + "If it is the same one, check the password and save it. Then authorize again.");

public sealed record LogonIsInDoubt(string UserName, string Until)
    : Unavailable($"Exchange refused the logon of {UserName} once, although this password had worked less than ten minutes before; "
        + $"a server under load does that. Nothing is sent until {Until}. Then one call tries it alone: if it works everything goes on by "
        + "itself, and if not everything stops, so that the account is not locked. "
        + "To have it tried at once, authorize the integration; if the password was changed, enter the new one.");

public sealed record AccountIsDisabled(string UserName)
    : Conflict($"Exchange says that {UserName} is disabled. Enable it in Active Directory, then authorize again.");

public sealed record AccountIsLocked(string UserName)
    : Conflict($"Exchange says that {UserName} is locked out. Unlock it in Active Directory, then authorize again.");

public sealed record SchemeIsNotOffered(string Wanted, string Offered)
    : Conflict($"The server does not offer {Wanted}. It offers: {Offered}. Choose an authentication type that it offers, or enable {Wanted} on the EWS virtual directory.");

public sealed record ExchangeIsUnreachable(string Host, string Reason)
    : Unavailable($"{Host} does not answer as an Exchange server: {Reason}. Check the server address, the name's DNS entry and the firewall between CleanSync and Exchange.");

public sealed record AddressIsNotExchange(string Host, string Reason)
    : Conflict($"{Host} answered, but not as Exchange's web services: {Reason}. The address usually ends in /EWS/Exchange.asmx.");

public sealed record ExchangeIsBusy(string Reason)
    : Unavailable($"Exchange asks us to wait: {Reason}. CleanSync goes on by itself.");

public sealed record ServerVersionIsRefused(string Version)
    : Conflict($"The server does not accept the chosen version {Version}. Choose an older entry of the list.");

public sealed record ServiceAccountHasNoMailbox(string UserName)
    : Conflict($"{UserName} logged on, but has no mailbox. Without impersonation it needs one: enable a mailbox for it, or switch impersonation on.");

public sealed record ImpersonationIsNotAllowed(string UserName)
    : Conflict($"{UserName} may not impersonate through this server. Assign it the management role ApplicationImpersonation.");

public sealed record ExchangeRefused(string ExchangeCode, string? Meaning = null)
    : Conflict(Meaning is null
        ? $"Exchange refused the request with {ExchangeCode}. CleanSync tries again by itself; "
            + "if it stays, give this code to whoever runs the Exchange server."
        : $"Exchange refused the request with {ExchangeCode}. {Meaning.TrimEnd('.')}.");

public sealed record LogonHandshakeDidNotFinish(string Host)
    : Conflict($"The NTLM logon at {Host} broke off before the password could be checked: the server's challenge was not one of NTLMv2, or it asked anew. A proxy or load balancer in between may share connections: let it pass connections through unchanged.");

public sealed record ConnectionClosedDuringLogon(string Host)
    : Conflict($"{Host} closed the connection between the steps of the NTLM logon, which needs one connection for all of them. Let proxies and load balancers in between keep connections open (keep-alive) and pass them through unchanged.");

public sealed record NtlmChallengeIsMissing(string Host)
    : Conflict($"{Host} offers NTLM, but answered its first message without a challenge. Something in between takes the NTLM messages away, or does not keep the connection: let it pass connections through unchanged.");

public sealed record ExchangeAnsweredUnreadably(string Host)
    : Unavailable($"{Host} sent an answer that is not a whole Exchange reply. CleanSync tries again by itself; if it stays, look for a proxy that rewrites or cuts answers.");

public sealed record PasswordCannotBeOpened(string Why)
    : Conflict($"The integration's stored password cannot be opened. {Why} Nothing is sent to Exchange meanwhile.");

public sealed record SealingKeyIsMissing()
    : Unavailable("The key that seals the passwords is missing, and no new one is made while passwords are stored that only it opens. "
        + "Restore the key file of the data folder, or the setting Secrets:Key, and start CleanSync again. If it is lost for good, "
        + "put a new key in its place, such as 'openssl rand -base64 32' prints, start again, and enter every integration's password again.");

public sealed record SealingKeyIsAnother()
    : Unavailable("The key that seals the passwords is another than the one that they were sealed under, so none of them opens. "
        + "Restore the key file of the data folder, or the setting Secrets:Key, that belongs to this database, "
        + "and start CleanSync again; or enter every integration's password again.");
