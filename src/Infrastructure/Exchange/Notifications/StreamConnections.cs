using System.Collections.Concurrent;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;

namespace CleanSync.Infrastructure.Exchange.Notifications;

/// <summary>
/// The connections on which Exchange tells of changes, apart from those of ordinary calls, which a stream would occupy. They are opened one at a
/// time for each integration, so that a password that is no longer right is tried once.
/// </summary>
internal sealed class StreamConnections(
    ISecretVault vault, IExchangeIntegrationRepository integrations, NotificationOptions notifications, SyncOptions options, TimeProvider time, ExchangeTransport? transport = null) : IDisposable
{
    /// <summary>The first bytes of a stream come at once; while they do not, the other groups of the integration wait.</summary>
    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, Line> lines = new();

    public async Task<EwsStream> Open(ExchangeIntegration integration, GetStreamingEvents operation, EwsCallContext context, CancellationToken ct)
    {
        var line = To(integration);
        await line.Door.Enter(ct);
        try
        {
            // Whoever opened before may have found that the password is wrong.
            if (line.RefusedAt is { } version && !(await integrations.Find(integration.Id, ct) is { Status: IntegrationStatus.Active } now && now.Version > version)) throw line.Refusal!;
            return await line.Client.Open(operation, context, notifications.Silence, ct);
        }
        catch (EwsHttpException refusal) when (refusal.CredentialRefused)
        {
            (line.Refusal, line.RefusedAt) = (refusal, Math.Max(line.RefusedAt ?? 0, integration.Version));
            throw;
        }
        finally
        {
            line.Door.Leave();
        }
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
        var credential = new EwsCredential(integration.Account.UserName, vault.Open(integration.Id, integration.Account.SealedPassword));
        var scheme = integration.Authentication is AuthenticationType.Basic ? EwsAuthentication.Basic : EwsAuthentication.Ntlm;
        var endpoint = new EwsEndpoint(integration.ServerAddress, scheme, credential) { Timeout = options.CallTimeout < Opening ? options.CallTimeout : Opening };
        return new Line(integration.SettingsVersion, new EwsClient(endpoint, time, transport?.Invoke(endpoint) ?? EwsHandler.ForStreams(endpoint)));
    }

    private sealed class Line(int settingsVersion, EwsClient client)
    {
        public int SettingsVersion { get; } = settingsVersion;

        public EwsClient Client { get; } = client;

        public Turnstile Door { get; } = new(1);

        public EwsHttpException? Refusal { get; set; }

        /// <summary>The version of the integration under which the password was refused last.</summary>
        public int? RefusedAt { get; set; }
    }
}
