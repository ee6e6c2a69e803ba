using System.Collections.Concurrent;
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
    OpenedPasswords passwords,
    CredentialCircuit circuit,
    TrafficGovernor traffic,
    ExchangeConnections connections,
    NotificationOptions notifications,
    SyncOptions options,
    TimeProvider time,
    ExchangeTransport? transport = null) : IDisposable
{
    /// <summary>The first bytes of a stream come at once.</summary>
    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, Line> lines = new();

    public async Task<EwsStream> Open(
        ServerConnection server,
        GetStreamingEvents operation,
        EwsCallContext context,
        CancellationToken ct)
    {
        await traffic.MeetPauses(server, context.MailboxSmtpAddress?.ToLowerInvariant() ?? "", ct);
        return await circuit.Use(
            server, server.ServerAddress, LogonWish.Due,
            async stop => await (await To(server, stop)).Open(operation, context, notifications.Silence, stop), ct);
    }

    public void Dispose()
    {
        foreach (var line in lines.Values) line.Client.Dispose();
    }

    private async Task<EwsClient> To(ServerConnection server, CancellationToken ct)
    {
        if (lines.TryGetValue(server.IntegrationId, out var current) && current.SettingsVersion == server.SettingsVersion)
            return current.Client;
        var credential = await passwords.Of(server, ct);
        return lines.AddOrUpdate(server.IntegrationId, _ => NewLine(server, credential), (_, line) =>
        {
            if (line.SettingsVersion == server.SettingsVersion) return line;
            line.Client.Dispose();
            return NewLine(server, credential);
        }).Client;
    }

    private Line NewLine(ServerConnection server, EwsCredential credential)
    {
        var endpoint = connections.EndpointOf(server, credential) with
        {
            MaxConnections = int.MaxValue,
            IsForStreams = true,
            Timeout = options.CallTimeout < Opening ? options.CallTimeout : Opening,
        };
        return new Line(server.SettingsVersion, new EwsClient(endpoint, time, transport?.Invoke(endpoint)));
    }

    private sealed record Line(int SettingsVersion, EwsClient Client);
}
