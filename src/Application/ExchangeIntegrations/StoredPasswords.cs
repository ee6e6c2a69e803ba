using CleanSync.Application.Secrets;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>The service account's password as it is stored with its integration.</summary>
public static class StoredPasswords
{
    /// <summary>Refused when it does not open on this node.</summary>
    public static Result<string> PasswordOf(this ISecretVault vault, ExchangeIntegration integration) =>
        vault.Open(integration.Id, integration.Account.SealedPassword);

    /// <summary>Why the integration's stored password does not open; null when it does.</summary>
    public static PasswordCannotBeOpened? WhyShut(this ISecretVault vault, ExchangeIntegration integration) =>
        vault.PasswordOf(integration).Refusal as PasswordCannotBeOpened;
}
