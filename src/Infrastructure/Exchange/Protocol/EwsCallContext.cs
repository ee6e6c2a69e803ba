using CleanSync.Infrastructure.Exchange.Protocol.Connections;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// On whose behalf one call is made. The mailbox always goes into X-AnchorMailbox, for routing;
/// into ExchangeImpersonation only if <paramref name="Impersonate"/>. Without it the caller acts with its own folder permissions.
/// </summary>
internal sealed record EwsCallContext(ExchangeServerVersion Version, string? MailboxSmtpAddress, bool Impersonate)
{
    /// <summary>The subscription group that the call belongs to: its anchor then goes into X-AnchorMailbox instead.</summary>
    public EwsAffinity? Affinity { get; init; }
}
