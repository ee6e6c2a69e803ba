using System.Collections.Concurrent;
using CleanSync.Application.Secrets;
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
    ISecretVault vault,
    SyncOptions options,
    TimeProvider time,
    ExchangeRoutes routes,
    ExchangeTransport? transport = null) : ILogonConnections, IDisposable
{
    private readonly ConcurrentDictionary<Guid, Lazy<ExchangeConnection>> open = new();

    public async Task<T> Use<T>(ExchangeIntegration integration, Func<EwsClient, Task<T>> call)
    {
        var connection = To(integration);
        while (!connection.TryHold()) connection = To(integration); // it was replaced just now
        using (connection) return await call(connection.Client);
    }

    /// <summary>An admin asks for another try: the next call opens a fresh connection.</summary>
    public void Reset(ExchangeIntegration integration)
    {
        if (open.TryRemove(integration.Id, out var current) && current.IsValueCreated) current.Value.Dispose();
    }

    private ExchangeConnection To(ExchangeIntegration integration)
    {
        var key = Key(integration);
        while (true)
        {
            var current = open.GetOrAdd(integration.Id, _ => Opening(key, integration));
            if (Opened(integration.Id, current).Key == key) return current.Value;
            if (!open.TryUpdate(integration.Id, Opening(key, integration), current)) continue;
            current.Value.Dispose();
        }
    }

    /// <summary>One that could not be opened, as when its password is shut, is forgotten: the next call tries anew.</summary>
    private ExchangeConnection Opened(Guid id, Lazy<ExchangeConnection> opening)
    {
        try
        {
            return opening.Value;
        }
        catch
        {
            open.TryRemove(KeyValuePair.Create(id, opening));
            throw;
        }
    }

    /// <summary>A connection for a candidate that is not stored, to be disposed of by the caller; the one in use goes on.</summary>
    public ExchangeConnection Alone(ExchangeIntegration candidate) => Opening(Key(candidate), candidate).Value;

    private static ConnectionKey Key(ExchangeIntegration integration) => new(
        integration.ServerAddress,
        integration.Trust,
        integration.Authentication,
        integration.Account.UserName,
        integration.Account.CredentialVersion,
        integration.UseImpersonation);

    public void Dispose()
    {
        foreach (var connection in open.Values.Where(c => c.IsValueCreated)) connection.Value.Dispose();
    }

    /// <summary>Where an integration's calls go and as whom, with its password opened.</summary>
    public EwsEndpoint EndpointOf(ExchangeIntegration integration)
    {
        var credential = vault.CredentialOf(integration);
        var scheme = integration.Authentication is AuthenticationType.Basic ? EwsAuthentication.Basic : EwsAuthentication.Ntlm;
        var connections = integration.UseImpersonation ? options.CallsAtOnce : options.CallsAtOnceAsDelegate;
        return new EwsEndpoint(integration.ServerAddress, scheme, credential, connections)
        {
            Timeout = options.CallTimeout,
            Trust = ExchangeRoutes.Trust(integration),
            Route = routes.Route
        };
    }

    private Lazy<ExchangeConnection> Opening(ConnectionKey key, ExchangeIntegration integration) => new(() =>
    {
        var endpoint = EndpointOf(integration);
        return new ExchangeConnection(key, new EwsClient(endpoint, time, transport?.Invoke(endpoint)));
    });
}

/// <summary>
/// What carries the calls to one endpoint in place of the network. Each answer belongs to one connection, which disposes of it.
/// </summary>
internal delegate HttpMessageHandler ExchangeTransport(EwsEndpoint endpoint);

/// <summary>Everything that makes two connections different.</summary>
internal sealed record ConnectionKey(
    Uri Address,
    ServerTrust Trust,
    AuthenticationType Authentication,
    string UserName,
    int CredentialVersion,
    bool UseImpersonation);

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
