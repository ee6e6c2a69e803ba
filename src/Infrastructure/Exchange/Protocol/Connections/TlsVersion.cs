namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>Tells from a failed TLS handshake that the two sides have no version in common.</summary>
internal static class TlsVersion
{
    /// <summary>
    /// How the platforms word it: OpenSSL for an older ServerHello and for the alert protocol_version; Windows for having no algorithm in
    /// common.
    /// </summary>
    private static readonly string[] Words = ["unsupported protocol", "protocol version", "wrong ssl version", "common algorithm"];

    public static bool IsRefused(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (Words.Any(words => failure.Message.Contains(words, StringComparison.OrdinalIgnoreCase))) return true;
        }

        return false;
    }
}
