using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>
/// A server that asks whoever comes to log on, by Basic or NTLM, over https and plain http, and notes what it is given. Its certificate is
/// believed. Whoever looks for Autodiscover over plain http is led to it by turns under its own name and at another port of a good one.
/// </summary>
internal sealed class EvilServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<string> logons = [];
    private int redirects;

    private EvilServer(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls("https://127.0.0.1:0", "http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        app = builder.Build();
        app.Run(context =>
        {
            var given = context.Request.Headers.Authorization.ToString();
            if (given.Length > 0) logons.Enqueue($"{context.Request.Scheme}://{context.Request.Host} {Readable(given)}");
            if (!context.Request.IsHttps && context.Request.Path.StartsWithSegments("/autodiscover"))
            {
                var target = Interlocked.Increment(ref redirects) % 2 == 0 ? "contoso.example:8443" : "autodiscover.evil.example";
                context.Response.Redirect($"https://{target}{context.Request.Path}");
                return Task.CompletedTask;
            }

            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = new(["NTLM", "Basic realm=\"evil\""]);
            return Task.CompletedTask;
        });
    }

    /// <summary>Every header with bytes of a logon, with the host that it was for; what Basic carries is readable.</summary>
    public IReadOnlyList<string> Logons => [.. logons];

    public static async Task<EvilServer> Start(X509Certificate2 certificate, CancellationToken ct)
    {
        var server = new EvilServer(certificate);
        await server.app.StartAsync(ct);
        return server;
    }

    public async Task<Stream> Dial(bool tls, CancellationToken ct)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(
            a => new Uri(a)).First(a => a.Scheme == (tls ? "https" : "http"));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, ct);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static string Readable(string given) =>
        given.StartsWith("Basic ", StringComparison.Ordinal) ? $"Basic {Encoding.UTF8.GetString(Convert.FromBase64String(given[6..]))}"
        : given;
}
