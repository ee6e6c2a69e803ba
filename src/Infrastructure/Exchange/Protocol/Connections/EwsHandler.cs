using System.Net;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>The connection pool of one endpoint and account.</summary>
internal static class EwsHandler
{
    public static SocketsHttpHandler ForAccount(EwsEndpoint endpoint, EwsConnector connector)
    {
        var handler = WithoutCredential(endpoint, connector);
        // Pinned to one scheme: given a choice, .NET would take Negotiate. Basic goes with the request itself.
        if (endpoint.Authentication is EwsAuthentication.Ntlm or EwsAuthentication.Negotiate)
        {
            var scheme = endpoint.Authentication is EwsAuthentication.Ntlm ? "NTLM" : "Negotiate";
            handler.Credentials = new CredentialCache { { endpoint.Url, scheme, endpoint.Credential.ForNtlm() } };
        }

        if (!endpoint.IsForStreams)
            return handler;
        // Answers that stay open: none compressed, because a compressor may hold back what it has, and none drained when it is closed.
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.MaxResponseDrainSize = 0;
        return handler;
    }

    public static SocketsHttpHandler WithoutCredential(EwsEndpoint endpoint, EwsConnector connector) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false, // the address that is judged is the one that is connected to
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        MaxConnectionsPerServer = endpoint.MaxConnections,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        ConnectCallback = connector.Open,
    };
}
