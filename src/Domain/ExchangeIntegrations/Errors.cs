namespace CleanSync.Domain.ExchangeIntegrations;

public sealed record IntegrationNotFound(Guid Id)
    : NotFound($"There is no integration {Id}. GET /api/v1/integrations lists them.");

public sealed record IntegrationIsNotAuthorized(string Status)
    : Conflict($"The integration is {Status}, so nothing is sent to Exchange. Authorize it first.");

public sealed record CredentialRefused(string UserName)
    : Conflict($"Exchange refused the user name or password of {UserName}. It was tried once and will not be tried again, so that the account is not locked. "
        + "Check that the password is right and not expired, then save it and authorize again.");

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

public sealed record ExchangeRefused(string ExchangeCode)
    : Conflict($"Exchange refused the request with {ExchangeCode}.");

public sealed record LogonHandshakeDidNotFinish(string Host)
    : Conflict($"The NTLM logon at {Host} broke off before the password could be checked. A proxy or load balancer in between may close or share connections: let it pass connections through unchanged.");

public sealed record ExchangeAnsweredUnreadably(string Host)
    : Unavailable($"{Host} sent an answer that is not a whole Exchange reply. CleanSync tries again by itself; if it stays, look for a proxy that rewrites or cuts answers.");
