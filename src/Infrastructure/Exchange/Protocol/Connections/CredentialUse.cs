using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

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
        if (!IsHandshake(authorization.Scheme))
            return CredentialUse.Sent;
        var message = new byte[parameter.Length];
        if (!Convert.TryFromBase64String(parameter, message, out var length))
            return CredentialUse.HandshakeUnfinished;
        // Inside Negotiate NTLM's message has a wrapping around it.
        var token = message.AsSpan(0, length);
        var start = token.IndexOf("NTLMSSP\0"u8);
        return start >= 0 && length > start + 8 && token[start + 8] == 3 ? CredentialUse.Sent : CredentialUse.HandshakeUnfinished;
    }

    /// <summary>A logon of several messages, on one connection.</summary>
    public static bool IsHandshake(string? scheme) =>
        string.Equals(scheme, "NTLM", StringComparison.OrdinalIgnoreCase)
            || string.Equals(scheme, "Negotiate", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Of a request that was not answered, or not to the end. NTLM's last message is made on a connection that has brought a challenge; the
    /// header of Basic is there before anything is connected to, and leaves with the head of the request.
    /// </summary>
    public static bool MayHaveLeft(HttpRequestMessage request) =>
        Of(request) is CredentialUse.Sent
        && (IsHandshake(request.Headers.Authorization!.Scheme)
            || request.Content is EwsRequestBody { WasBegun: true });
}
