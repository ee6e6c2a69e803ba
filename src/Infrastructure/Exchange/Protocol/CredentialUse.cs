namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>What became of the credential before an answer came, or none.</summary>
internal enum CredentialUse
{
    /// <summary>None left this client, so a 401 says nothing about the password and counts as no failed logon.</summary>
    NotSent,

    /// <summary>An NTLM handshake began, and ended before the message that proves the password.</summary>
    HandshakeUnfinished,

    /// <summary>The server saw it; a 401 is a refusal and counts towards a lockout.</summary>
    Sent,
}

internal static class CredentialUses
{
    /// <summary>After a handshake the request still holds the last message that was sent; message 3 is the one with the proof.</summary>
    public static CredentialUse Of(HttpRequestMessage request)
    {
        if (request.Headers.Authorization is not { Parameter: { } parameter } authorization)
            return CredentialUse.NotSent;
        if (!string.Equals(authorization.Scheme, "NTLM", StringComparison.OrdinalIgnoreCase))
            return CredentialUse.Sent;
        var message = new byte[parameter.Length];
        return Convert.TryFromBase64String(parameter, message, out var length) && length > 8 && message[8] == 3
            ? CredentialUse.Sent
            : CredentialUse.HandshakeUnfinished;
    }

    /// <summary>
    /// Of a request that was not answered, or not to the end. NTLM's last message is made on a connection that has brought a challenge; the
    /// header of Basic is there before anything is connected to, and leaves with the head of the request.
    /// </summary>
    public static bool MayHaveLeft(HttpRequestMessage request) =>
        Of(request) is CredentialUse.Sent
        && (request.Headers.Authorization!.Scheme.Equals("NTLM", StringComparison.OrdinalIgnoreCase)
            || request.Content is EwsRequestBody { WasBegun: true });
}
