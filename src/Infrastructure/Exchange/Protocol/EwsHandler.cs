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
