using System.Collections.Concurrent;
using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Traffic;

namespace CleanSync.Infrastructure.Exchange.Calls;

/// <summary>
/// One client for each (address, trust, scheme, account, credential) of an integration, never shared: under NTLM the connection carries the
/// identity. A changed setting or password gets a new client; the old one is closed when its calls have ended.
/// </summary>
/// <param name="transport">Instead of the network, for tests that run Exchange in process; null for the network.</param>
internal sealed class ExchangeConnections(
    OpenedPasswords passwords,
    SyncOptions options,
    TimeProvider time,
    ExchangeRoutes routes,
    ExchangeTransport? transport = null) : ILogonConnections, IDisposable
{
    private readonly ConcurrentDictionary<Guid, ExchangeConnection> open = new();

    /// <summary>
    /// Of connections that were closed to log on anew: under which certificate that logon was accepted before is what tells a wrong
    /// password from something in between.
    /// </summary>
    private readonly ConcurrentDictionary<Guid, (ConnectionKey Key, ServerCertificate Under)> accepted = new();

    public async Task<T> Use<T>(ServerConnection server, Func<EwsClient, Task<T>> call, CancellationToken ct)
    {
        var connection = await To(server, ct);
        while (!connection.TryHold()) connection = await To(server, ct); // it was replaced just now
        using (connection) return await call(connection.Client);
    }

    /// <summary>An admin asks for another try: the next call opens a fresh connection.</summary>
    public void Reset(Guid integrationId)
    {
        if (!open.TryRemove(integrationId, out var current)) return;
        if (current.Client.AcceptedUnder is { } certificate) accepted[integrationId] = (current.Key, certificate);
        current.Dispose();
    }

    /// <summary>The integration is gone.</summary>
    public void Forget(Guid integrationId)
    {
        Reset(integrationId);
        accepted.TryRemove(integrationId, out _);
    }

    /// <summary>A connection for settings that are not stored, to be disposed of by the caller; the one in use goes on.</summary>
    public ExchangeConnection Alone(ServerConnection candidate, string password) =>
        Open(candidate, new EwsCredential(candidate.UserName, password));

    public void Dispose()
    {
        foreach (var connection in open.Values) connection.Dispose();
    }

    /// <summary>Where calls go and as whom.</summary>
    public EwsEndpoint EndpointOf(ServerConnection server, EwsCredential credential)
    {
        var scheme = server.Authentication is AuthenticationType.Basic ? EwsAuthentication.Basic : EwsAuthentication.Ntlm;
        var connections = server.UseImpersonation ? options.CallsAtOnce : options.CallsAtOnceAsDelegate;
        return new EwsEndpoint(server.ServerAddress, scheme, credential, connections)
        {
            Timeout = options.CallTimeout,
            Trust = ExchangeRoutes.Trust(server.Trust),
            Route = routes.Route
        };
    }

    private async Task<ExchangeConnection> To(ServerConnection server, CancellationToken ct) =>
        open.TryGetValue(server.IntegrationId, out var current) && current.Key == Key(server)
            ? current
            : Keep(server.IntegrationId, Open(server, await passwords.Of(server, ct)));

    /// <summary>Beside others that were opened at the same moment; the first of one key stays.</summary>
    private ExchangeConnection Keep(Guid id, ExchangeConnection opened)
    {
        while (true)
        {
            var current = open.GetOrAdd(id, opened);
            if (current == opened) return opened;
            if (current.Key != opened.Key && !open.TryUpdate(id, opened, current)) continue;
            var kept = current.Key == opened.Key ? current : opened;
            (kept == current ? opened : current).Dispose();
            return kept;
        }
    }

    private ExchangeConnection Open(ServerConnection server, EwsCredential credential)
    {
        var (key, endpoint) = (Key(server), EndpointOf(server, credential));
        return new ExchangeConnection(key, new EwsClient(endpoint, time, transport?.Invoke(endpoint))
        {
            AcceptedUnder = accepted.TryGetValue(server.IntegrationId, out var former) && former.Key == key ? former.Under : null,
        });
    }

    private static ConnectionKey Key(ServerConnection server) =>
        new(server.Scope, server.CredentialVersion, server.UseImpersonation);
}

/// <summary>
/// What carries the calls to one endpoint in place of the network. Each answer belongs to one connection, which disposes of it.
/// </summary>
internal delegate HttpMessageHandler ExchangeTransport(EwsEndpoint endpoint);

/// <summary>Everything that makes two connections different.</summary>
internal sealed record ConnectionKey(CredentialScope Scope, int CredentialVersion, bool UseImpersonation);

/// <summary>A client, closed when its last holder lets go.</summary>
internal sealed class ExchangeConnection(ConnectionKey key, EwsClient client) : IDisposable
{
    private int holders = 1;

    public ConnectionKey Key { get; } = key;

    public EwsClient Client { get; } = client;

    /// <summary>False when the connection is closed already.</summary>
    public bool TryHold()
    {
        for (var now = Volatile.Read(ref holders); now > 0; now = Volatile.Read(ref holders))
        {
            if (Interlocked.CompareExchange(ref holders, now + 1, now) == now) return true;
        }

        return false;
    }

    /// <summary>Lets go of one hold.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref holders) == 0) Client.Dispose();
    }
}
