using System.Collections.Concurrent;
using CleanSync.Application.Secrets;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Traffic;

namespace CleanSync.Infrastructure.Exchange.Notifications;

/// <summary>
/// The connections on which Exchange tells of changes, apart from those of ordinary calls, which a stream would occupy. Each opening keeps
/// the pauses that Exchange asked for, and passes the credential circuit, so that a password that is no longer right is tried once.
/// </summary>
internal sealed class StreamConnections(
    ISecretVault vault,
    CredentialCircuit circuit,
    TrafficGovernor traffic,
    ExchangeRoutes routes,
    NotificationOptions notifications,
    SyncOptions options,
    TimeProvider time,
    ExchangeTransport? transport = null) : IDisposable
{
    /// <summary>The first bytes of a stream come at once.</summary>
    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, Line> lines = new();

    public async Task<EwsStream> Open(
        ExchangeIntegration integration,
        GetStreamingEvents operation,
        EwsCallContext context,
        CancellationToken ct)
    {
        await traffic.MeetPauses(integration, context.MailboxSmtpAddress?.ToLowerInvariant() ?? "", ct);
        return await circuit.Use(
            integration, integration.ServerAddress, LogonWish.Due,
            stop => To(integration).Client.Open(operation, context, notifications.Silence, stop), ct);
    }

    public void Dispose()
    {
        foreach (var line in lines.Values) line.Client.Dispose();
    }

    private Line To(ExchangeIntegration integration) => lines.AddOrUpdate(integration.Id, _ => NewLine(integration), (_, current) =>
    {
        if (current.SettingsVersion == integration.SettingsVersion) return current;
        current.Client.Dispose();
        return NewLine(integration);
    });

    private Line NewLine(ExchangeIntegration integration)
    {
        var credential = vault.CredentialOf(integration);
        var scheme = integration.Authentication is AuthenticationType.Basic ? EwsAuthentication.Basic : EwsAuthentication.Ntlm;
        var endpoint = new EwsEndpoint(integration.ServerAddress, scheme, credential, int.MaxValue)
        {
            IsForStreams = true,
            Timeout = options.CallTimeout < Opening ? options.CallTimeout : Opening,
            Trust = ExchangeRoutes.Trust(integration),
            Route = routes.Route,
        };
        return new Line(integration.SettingsVersion, new EwsClient(endpoint, time, transport?.Invoke(endpoint)));
    }

    private sealed record Line(int SettingsVersion, EwsClient Client);
}
