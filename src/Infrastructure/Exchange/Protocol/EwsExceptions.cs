using System.Net;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// A call that brought no answer to work with. Messages hold codes, positions and element names, never content or secrets.
/// </summary>
internal abstract class EwsException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The operation that failed, for example <c>GetItem</c>.</summary>
    public string? Operation { get; private set; }

    /// <summary>The client-request-id of the call: the key to the server's own logs.</summary>
    public string? RequestId { get; private set; }

    public override string Message =>
        Operation is null ? base.Message : $"{Operation}: {base.Message} (client-request-id {RequestId})";

    internal void During(string operation, string requestId) => (Operation, RequestId) = (operation, requestId);
}

/// <summary>The server understood the call and refused it, inside a well-formed answer.</summary>
internal abstract class EwsRefusedException(EwsError error) : EwsException($"the server answered {error.Code}")
{
    public EwsError Error { get; } = error;

    public string ResponseCode => Error.Code;

    public TimeSpan? BackOff => Error.BackOff;
}

/// <summary>A message of the answer was an error, where the operation has only that one.</summary>
internal sealed class EwsResponseException(EwsError error) : EwsRefusedException(error);

/// <summary>A SOAP fault: the whole call was refused. Throttling and denied impersonation arrive this way, with HTTP 500.</summary>
internal sealed class EwsFaultException(EwsError error) : EwsRefusedException(error);

/// <summary>An HTTP status instead of an EWS answer.</summary>
internal sealed class EwsHttpException(HttpStatusCode status, CredentialUse credential) : EwsException($"HTTP {(int)status}")
{
    public HttpStatusCode Status { get; } = status;

    public CredentialUse Credential { get; } = credential;

    public bool CredentialRefused => Status == HttpStatusCode.Unauthorized && Credential == CredentialUse.Sent;

    /// <summary>The body of a 401 said so. Stop at once.</summary>
    public bool AccountLockedOut { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Exchange's front end says why it did not reach the one mailbox (X-CasErrorCode); null as a rule.</summary>
    public string? FrontEndCode { get; init; }

    /// <summary>What TLS showed around a refused logon; null without TLS.</summary>
    public LogonChannel? Channel { get; init; }

    /// <summary>The schemes of WWW-Authenticate, in the server's order.</summary>
    public IReadOnlyList<string> OfferedSchemes { get; init; } = [];

    /// <summary>Where a redirect points. It is never followed: it would carry credentials to a host that nobody named.</summary>
    public Uri? Location { get; init; }
}

/// <summary>Where on the way the call was lost.</summary>
internal enum TransportFailure
{
    NameResolution,
    Connection,

    /// <summary>The two sides have no TLS version in common that is new enough.</summary>
    TlsVersion,

    /// <summary>TLS could not be agreed on for another reason, or what answers does not speak it.</summary>
    Tls,

    /// <summary>The first message of NTLM was answered without a challenge.</summary>
    NoChallenge,

    /// <summary>The connection was closed between the messages of NTLM.</summary>
    ClosedDuringLogon,
    Timeout,
    Interrupted,

    /// <summary>What came was the answer to another request; the connection that brought it is not used again.</summary>
    StrayAnswer,
}

/// <summary>No answer arrived.</summary>
internal sealed class EwsTransportException(TransportFailure failure, bool requestMayHaveBeenProcessed, Exception? inner)
    : EwsException($"no answer ({failure})", inner)
{
    public TransportFailure Failure { get; } = failure;

    /// <summary>
    /// False only if the request certainly never reached Exchange. After a write, true means: search before repeating it.
    /// </summary>
    public bool RequestMayHaveBeenProcessed { get; } = requestMayHaveBeenProcessed;

    /// <summary>The proof of the password was on its way, and the server's word on it never came: a lockout may have counted it.</summary>
    public bool CredentialUnanswered { get; init; }
}

/// <summary>
/// An answer that is no well-formed EWS response: not XML, cut off, with a DTD, too large, too deep, or of another shape.
/// </summary>
internal sealed class EwsMalformedResponseException(string reason) : EwsException($"malformed response: {reason}");

/// <summary>What is wrong with a server's certificate.</summary>
internal enum CertificateFault { UnknownIssuer, Expired, NotYetValid, WrongName, NotPinned, Invalid }

/// <summary>The server's certificate was not believed; nothing was sent.</summary>
/// <param name="fault">What is wrong.</param>
/// <param name="certificate">The certificate that is wrong, which can be one of its issuers; null when the server showed none.</param>
/// <param name="detail">The issuer that is unknown, the day, the names that it is for, the pin, or the platform's words.</param>
internal sealed class EwsCertificateException(
    CertificateFault fault,
    ServerCertificate? certificate,
    string detail) : EwsException($"the certificate was refused ({fault})")
{
    public CertificateFault Fault { get; } = fault;

    public ServerCertificate? Certificate { get; } = certificate;

    public string Detail { get; } = detail;
}

/// <summary>The endpoint's route refuses the address; nothing was sent.</summary>
/// <param name="address">The address, as its name resolved; null when plain http was refused.</param>
/// <param name="why">In the words of the route.</param>
internal sealed class EwsAddressException(IPAddress? address, string why) : EwsException($"the address {address} was refused: {why}")
{
    public IPAddress? Address { get; } = address;

    public string Why { get; } = why;
}
