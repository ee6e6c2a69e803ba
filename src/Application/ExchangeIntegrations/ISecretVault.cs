namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>Seals a service account's password for storage. A sealed secret opens only for the integration that it was sealed for.</summary>
public interface ISecretVault
{
    byte[] Seal(Guid integrationId, string secret);

    /// <summary>Throws when the secret was sealed for another integration, or under a key that this node does not have.</summary>
    string Open(Guid integrationId, byte[] sealedSecret);
}
