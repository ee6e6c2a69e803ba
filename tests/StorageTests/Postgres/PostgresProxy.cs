using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CleanSync.StorageTests.Postgres;

/// <summary>Stands between a node and the server, and cuts the connection when the node has sent a word and the server has it.</summary>
internal sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly int server;
    private Task accepting = Task.CompletedTask;

    public PostgresProxy(int server)
    {
        this.server = server;
        listener.Start();
        accepting = Accept();
    }

    public string Port => ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null to cut nothing.</summary>
    public byte[]? CutAfter { get; set; }

    public int Cuts { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task Accept()
    {
        while (!ending.IsCancellationRequested) _ = Join(await listener.AcceptTcpClientAsync(ending.Token));
    }

    private async Task Join(TcpClient client)
    {
        using (client)
        {
            using var upstream = new TcpClient();
            await upstream.ConnectAsync(IPAddress.Loopback, server, ending.Token);
            var (node, there) = (client.GetStream(), upstream.GetStream());
            var back = there.CopyToAsync(node, ending.Token);
            var buffer = new byte[65536];
            for (var read = 1; read > 0;)
            {
                read = await node.ReadAsync(buffer, ending.Token);
                var isCut = CutAfter is { } word && buffer.AsSpan(0, read).IndexOf(word) >= 0;
                if (isCut) client.Close(); // nothing of the answer reaches the node
                await there.WriteAsync(buffer.AsMemory(0, read), ending.Token);
                if (!isCut) continue;
                Cuts++;
                upstream.Client.Shutdown(SocketShutdown.Send); // the server carries out what it has, and then sees the end
                break;
            }

            await back.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
