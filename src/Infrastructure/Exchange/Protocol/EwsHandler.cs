using System.Net;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>The connection pool of one endpoint and account.</summary>
internal static class EwsHandler
{
    public static SocketsHttpHandler ForAccount(EwsEndpoint endpoint)
    {
        var handler = WithoutCredential(endpoint);
        // Pinned to one scheme: given a choice, .NET would take Negotiate. Basic goes with the request itself.
        if (endpoint.Authentication == EwsAuthentication.Ntlm)
            handler.Credentials = new CredentialCache { { endpoint.Url, "NTLM", endpoint.Credential.ForNtlm() } };
        return handler;
    }

    /// <summary>For answers that stay open: as many connections as there are groups, none compressed, because a compressor may hold back what it has, and none drained when it is closed.</summary>
    public static SocketsHttpHandler ForStreams(EwsEndpoint endpoint)
    {
        var handler = ForAccount(endpoint with { MaxConnections = int.MaxValue });
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.MaxResponseDrainSize = 0;
        return handler;
    }

    public static SocketsHttpHandler WithoutCredential(EwsEndpoint endpoint)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            MaxConnectionsPerServer = endpoint.MaxConnections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = TimeSpan.FromSeconds(15),
        };
        if (endpoint.CertificateCheck is { } check)
            handler.SslOptions.RemoteCertificateValidationCallback = check;
        return handler;
    }
}
