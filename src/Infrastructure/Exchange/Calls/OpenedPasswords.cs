using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Secrets;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;

namespace CleanSync.Infrastructure.Exchange.Calls;

/// <summary>The stored password of an integration, opened where a connection is about to log on with it and nowhere earlier.</summary>
internal sealed class OpenedPasswords(IExchangeIntegrationRepository integrations, ISecretVault vault)
{
    /// <summary>
    /// Refused when it does not open on this node, and when the stored one is another by now, or was given for another server: whoever
    /// works by former settings logs on with nothing.
    /// </summary>
    public async Task<Result<EwsCredential>> Find(ServerConnection server, CancellationToken ct)
    {
        if (await integrations.Find(server.IntegrationId, ct) is not { } stored) return new IntegrationNotFound(server.IntegrationId);
        if (stored.Account.CredentialVersion != server.CredentialVersion || stored.PasswordScope.ChangesFrom(server.Scope).Count > 0)
            return new ExchangeIsBusy("the password was changed meanwhile");
        return vault.PasswordOf(stored).Then<EwsCredential>(password => new EwsCredential(server.UserName, password));
    }

    /// <summary>As above. Throws <see cref="CalendarFailure"/> where that refuses: nothing is sent.</summary>
    public async Task<EwsCredential> Of(ServerConnection server, CancellationToken ct)
    {
        var found = await Find(server, ct);
        return found.Refusal switch
        {
            null => found.Value,
            ExchangeIsBusy changed =>
                throw new CalendarFailure(FailureReach.BackOff, changed, retryAfter: TimeSpan.Zero, outcome: CallOutcome.NotSent),
            var shut => throw new CalendarFailure(FailureReach.Integration, shut, outcome: CallOutcome.NotSent),
        };
    }
}
