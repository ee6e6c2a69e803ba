using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace CleanSync.ContractTests.Simulator;

/// <summary>A TLS-terminating proxy with a certificate of its own, as inspection boxes and load balancers are. Carries one connection.</summary>
internal sealed class TlsProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _serving = Task.CompletedTask;

    public Uri Url => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public static Task<TlsProxy> Start(X509Certificate2 certificate, Uri target, X509Certificate2 targetCertificate)
    {
        var proxy = new TlsProxy();
        proxy._listener.Start();
        proxy._serving = proxy.Serve(certificate, target, targetCertificate);
        return Task.FromResult(proxy);
    }

    /// <summary>Tests trust exactly the certificate that they made.</summary>
    public static bool IsSame(X509Certificate? shown, X509Certificate2 expected) => shown?.GetCertHashString() == expected.GetCertHashString();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task Serve(X509Certificate2 certificate, Uri target, X509Certificate2 targetCertificate)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            using var server = new TcpClient();
            await server.ConnectAsync(target.Host, target.Port, _stop.Token);
            await using var front = new SslStream(client.GetStream());
            await using var back = new SslStream(server.GetStream(), false, (_, shown, _, _) => IsSame(shown, targetCertificate));
            await front.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _stop.Token);
            await back.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = target.Host }, _stop.Token);
            await Task.WhenAny(front.CopyToAsync(back, _stop.Token), back.CopyToAsync(front, _stop.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
        {
            // The test is over.
        }
    }
}
