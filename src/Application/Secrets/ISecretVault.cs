using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.Secrets;

/// <summary>Seals secrets for storage. A sealed secret opens only for the owner that it was sealed for.</summary>
public interface ISecretVault
{
    /// <summary>Refused with <see cref="SealingKeyIsMissing"/> when this node has no key.</summary>
    /// <param name="owner">The id of what the secret belongs to, such as an integration.</param>
    Result<byte[]> Seal(Guid owner, string secret);

    /// <summary>
    /// Refused with <see cref="PasswordCannotBeOpened"/> when the secret was sealed for another owner, or under a key that this node does
    /// not have.
    /// </summary>
    Result<string> Open(Guid owner, byte[] sealedSecret);
}
