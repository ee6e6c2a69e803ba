using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>
/// Seals a service account's password for storage. A sealed secret opens only for the integration that it was sealed for.
/// </summary>
public interface ISecretVault
{
    /// <summary>Throws <see cref="CalendarFailure"/> with <see cref="SealingKeyIsMissing"/> when this node has no key.</summary>
    byte[] Seal(Guid integrationId, string secret);

    /// <summary>
    /// Throws <see cref="CalendarFailure"/> with <see cref="PasswordCannotBeOpened"/> when the secret was sealed for another integration,
    /// or under a key that this node does not have.
    /// </summary>
    string Open(Guid integrationId, byte[] sealedSecret);
}

public static class SecretVaults
{
    /// <summary>Why the integration's stored password does not open; null when it does.</summary>
    public static PasswordCannotBeOpened? WhyShut(this ISecretVault vault, ExchangeIntegration integration)
    {
        try
        {
            vault.Open(integration.Id, integration.Account.SealedPassword);
            return null;
        }
        catch (CalendarFailure failure) when (failure.Refusal is PasswordCannotBeOpened shut)
        {
            return shut;
        }
    }
}
