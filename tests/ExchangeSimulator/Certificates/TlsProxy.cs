using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CleanSync.ExchangeSimulator.Certificates;

/// <summary>
/// Opens TLS and closes it again towards the server, as inspection boxes and load balancers do: with a certificate of its own, or with the
/// server's.
/// </summary>
public sealed class TlsProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private Task _accepting = Task.CompletedTask;

    private TlsProxy(IPEndPoint address)
    {
        _listener = new TcpListener(address);
        _listener.Start();
    }

    public Uri Url => new($"https://{_listener.LocalEndpoint}");

    /// <param name="certificate">What it shows.</param>
    /// <param name="target">Where it passes everything on.</param>
    /// <param name="targetCertificate">The one certificate that it believes there.</param>
    /// <param name="address">Where it listens; a free port of the loopback address when it does not matter.</param>
    public static TlsProxy Start(X509Certificate2 certificate, Uri target, X509Certificate2 targetCertificate, IPEndPoint? address = null)
    {
        var proxy = new TlsProxy(address ?? new IPEndPoint(IPAddress.Loopback, 0));
        proxy._accepting = proxy.Accept(certificate, target, targetCertificate);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task Accept(X509Certificate2 certificate, Uri target, X509Certificate2 targetCertificate)
    {
        try
        {
            while (true) _connections.Add(Serve(await _listener.AcceptTcpClientAsync(_stop.Token), certificate, target, targetCertificate));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Serve(TcpClient client, X509Certificate2 certificate, Uri target, X509Certificate2 targetCertificate)
    {
        try
        {
            using var accepted = client;
            using var server = new TcpClient();
            await server.ConnectAsync(target.Host, target.Port, _stop.Token);
            await using var front = new SslStream(client.GetStream());
            await using var back = new SslStream(
                server.GetStream(), false, (_, shown, _, _) => shown?.GetCertHashString() == targetCertificate.GetCertHashString());
            await front.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _stop.Token);
            await back.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = target.Host }, _stop.Token);
            await Task.WhenAny(front.CopyToAsync(back, _stop.Token), back.CopyToAsync(front, _stop.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException or AuthenticationException)
        {
            // One of the three went away, or the client does not believe the certificate.
        }
    }
}
