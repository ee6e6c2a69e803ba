using System.Net;
using System.Net.Sockets;

namespace CleanSync.ContractTests.Connections;

/// <summary>Answers the first bytes of every connection with the same bytes, whatever they are, and closes.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    public ScriptedServer(byte[] answer)
    {
        listener.Start();
        serving = Serve(answer);
    }

    public Uri Url => new($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/EWS/Exchange.asmx");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        stop.Dispose();
    }

    private async Task Serve(byte[] answer)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                var stream = client.GetStream();
                await stream.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false, stop.Token);
                await stream.WriteAsync(answer, stop.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
        {
            // The test is over.
        }
    }
}
