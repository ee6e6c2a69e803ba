using CleanSync.Application.Secrets;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>Tries a changed connection, or a new password, with one logon before it replaces what works.</summary>
internal sealed class ConnectionTrial(ICalendarDirectory directory, ISecretVault vault)
{
    /// <summary>
    /// The candidate as it may be stored. A draft is tried when it is authorized; to a paused one nothing is sent, so its first call after
    /// the pause goes out alone.
    /// </summary>
    public async Task<Result<ExchangeIntegration>> Of(
        ExchangeIntegration candidate,
        bool newPassword,
        bool sameConnection,
        bool tryAnyway,
        CancellationToken ct)
    {
        if (candidate.Status is IntegrationStatus.Draft or IntegrationStatus.Paused || (sameConnection && !newPassword)) return candidate;
        var password = vault.PasswordOf(candidate);
        if (password.Refusal is { } shut) return DoesNotWork(shut);
        try
        {
            var account = await directory.TryAccount(candidate.Server, password.Value, tryAnyway, ct);
            if (account.OwnCalendarId is null && !candidate.UseImpersonation)
                return new ServiceAccountHasNoMailbox(candidate.Account.UserName);
            return candidate.Authorized(account.OwnCalendarId);
        }
        catch (CalendarFailure failure)
        {
            if (failure.Refusal is TooManyWrongPasswords held) return held;
            if (newPassword && failure.Refusal is CredentialRefused) return new NewPasswordIsRefused(candidate.Account.UserName);
            if (newPassword && sameConnection && failure.Refusal is CredentialOrExtendedProtectionRefused)
                return new NewPasswordIsRefused(candidate.Account.UserName, OrExtendedProtection: true);
            return DoesNotWork(failure.Refusal);
        }
    }

    private static Error DoesNotWork(Error why) =>
        why is Unavailable ? new NewConnectionIsUnreachable(why.Message) : new NewConnectionDoesNotWork(why.Message);
}
