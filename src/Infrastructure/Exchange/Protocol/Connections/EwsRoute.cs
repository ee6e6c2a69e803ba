using System.Net;
using System.Net.Sockets;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>
/// Where connections may go. A name is resolved once for each connection, every address found is judged, and the connection goes to one of
/// exactly these.
/// </summary>
internal sealed record EwsRoute
{
    /// <summary>No address is refused.</summary>
    public static EwsRoute Anywhere { get; } = new();

    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Says why an address is refused; null when it is not.</summary>
    public Func<IPAddress, string?> WhyRefused { get; init; } = _ => null;

    /// <summary>Connects to an address that was judged; throws <see cref="SocketException"/> when nothing accepts there.</summary>
    public Func<IPEndPoint, CancellationToken, Task<Stream>> Dial { get; init; } = DialTcp;

    public bool AllowPlainHttp { get; init; } = true;

    public static async Task<Stream> DialTcp(IPEndPoint address, CancellationToken ct)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, ct).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
