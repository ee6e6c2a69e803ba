using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Secrets;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;

namespace CleanSync.Infrastructure.Exchange.Calls;

internal static class OpenedPasswords
{
    /// <summary>
    /// What an integration's calls log on with. Throws <see cref="CalendarFailure"/> when the stored password does not open: nothing is
    /// sent.
    /// </summary>
    public static EwsCredential CredentialOf(this ISecretVault vault, ExchangeIntegration integration)
    {
        var password = vault.PasswordOf(integration);
        return password.Refusal is { } shut
            ? throw new CalendarFailure(FailureReach.Integration, shut, outcome: CallOutcome.NotSent)
            : new EwsCredential(integration.Account.UserName, password.Value);
    }
}
