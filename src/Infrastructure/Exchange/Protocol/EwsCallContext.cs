namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// On whose behalf one call is made. The mailbox always goes into X-AnchorMailbox, for routing;
/// into ExchangeImpersonation only if <paramref name="Impersonate"/>. Without it the caller acts with its own folder permissions.
/// </summary>
internal sealed record EwsCallContext(ExchangeServerVersion Version, string? MailboxSmtpAddress, bool Impersonate);
