using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Application.Syncing;

/// <summary>Stops an integration whose logon was refused, unless a newer password has arrived since.</summary>
internal sealed class RefusedCredential(IExchangeIntegrationRepository integrations)
{
    public async Task Stop(Guid integrationId, int credentialVersion, CancellationToken ct)
    {
        while (await integrations.Find(integrationId, ct) is { Status: IntegrationStatus.Active } integration)
        {
            var stopped = integration.LogonRefused(credentialVersion);
            if (ReferenceEquals(stopped, integration) || !(await integrations.Save(stopped, ct)).IsRefused) return;
        }
    }
}
