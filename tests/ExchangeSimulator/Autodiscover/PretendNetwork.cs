using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CleanSync.ExchangeSimulator.Autodiscover;

/// <summary>
/// Names, addresses and ports as an organisation has them, where there are none: each published name has an address of its own, and whoever
/// connects to port 443 or 80 of it reaches the simulator. Nothing else exists.
/// </summary>
public sealed class PretendNetwork(SimulatedExchange exchange)
{
    private readonly ConcurrentDictionary<string, IPAddress> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, IReadOnlyList<(string Target, int Port, int Priority, int Weight)>> _records =
        new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _connections = [];
    private int _last;

    /// <summary>Every connection that was opened, as name and port.</summary>
    public IReadOnlyList<string> Connections => [.. _connections];

    /// <summary>Gives a name an address: one of its own, unless it is said.</summary>
    public PretendNetwork Publish(string name, string? address = null)
    {
        _names[name] = address is null ? new IPAddress([203, 0, 113, (byte)Interlocked.Increment(ref _last)]) : IPAddress.Parse(address);
        return this;
    }

    public PretendNetwork PublishRecords(string name, params IReadOnlyList<(string Target, int Port, int Priority, int Weight)> records)
    {
        _records[name] = records;
        return this;
    }

    public IReadOnlyList<(string Target, int Port, int Priority, int Weight)> Records(string name) =>
        _records.GetValueOrDefault(name) ?? [];

    public Task<IPAddress[]> Resolve(string name, CancellationToken cancellationToken) =>
        _names.TryGetValue(name, out var address)
            ? Task.FromResult<IPAddress[]>([address])
            : throw new SocketException((int)SocketError.HostNotFound);

    public async Task<Stream> Dial(IPEndPoint address, CancellationToken cancellationToken)
    {
        var name = _names.First(n => n.Value.Equals(address.Address)).Key;
        _connections.Enqueue($"{name}:{address.Port}");
        var scheme =
            address.Port switch { 443 => "https", 80 => "http", _ => throw new SocketException((int)SocketError.ConnectionRefused) };
        var target = exchange.Addresses.First(a => a.Scheme == scheme);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, target.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
