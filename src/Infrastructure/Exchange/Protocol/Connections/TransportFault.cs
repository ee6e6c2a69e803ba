using System.Net;
using System.Security.Authentication;

namespace CleanSync.Infrastructure.Exchange.Protocol.Connections;

/// <summary>Tells where a call was lost, from what the HTTP stack threw.</summary>
internal static class TransportFault
{
    /// <param name="thrown">What was thrown, other than by the caller's cancellation.</param>
    /// <param name="answered">The status, if response headers had arrived.</param>
    /// <param name="request">As it was sent last: in a handshake it holds the last message. Not looked at once the account was let
    /// in.</param>
    public static EwsException From(Exception thrown, HttpStatusCode? answered, HttpRequestMessage? request)
    {
        if (OurOwn(thrown) is { } known)
            return known;
        if (answered is not null && thrown is InvalidDataException)
            return new EwsMalformedResponseException("the compressed body is damaged");
        var (failure, processed) = answered is not null
            ? (thrown is OperationCanceledException ? TransportFailure.Timeout : TransportFailure.Interrupted, true)
            : BeforeAnAnswer(thrown, request!);
        return new EwsTransportException(failure, processed, thrown)
        {
            // Whatever the status, one other than 401 is the word of a server that asked for no better logon.
            CredentialUnanswered = processed
                && answered is null or HttpStatusCode.Unauthorized
                && CredentialUses.MayHaveLeft(request!),
        };
    }

    /// <summary>What was thrown while the connection was opened, which the HTTP stack wraps.</summary>
    private static EwsException? OurOwn(Exception? thrown)
    {
        while (thrown is not null and not EwsException)
            thrown = thrown.InnerException;
        return (EwsException?)thrown;
    }

    private static (TransportFailure Failure, bool MayHaveBeenProcessed) BeforeAnAnswer(Exception thrown, HttpRequestMessage request) =>
        thrown switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (TransportFailure.NameResolution, false),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => (TransportFailure.Tls, false),
            HttpRequestException { InnerException: AuthenticationException } => (TransportFailure.Tls, false),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => (TransportFailure.Connection, false),
            // The server announced with its challenge that it closes the connection.
            HttpRequestException { HttpRequestError: HttpRequestError.UserAuthenticationError } =>
                (TransportFailure.ClosedDuringLogon, false),
            // ConnectTimeout, as opposed to ours.
            OperationCanceledException { InnerException: TimeoutException } => (TransportFailure.Connection, false),
            OperationCanceledException => (TransportFailure.Timeout, true),
            // A server that answers NTLM's first message with a bare "NTLM" makes .NET's managed client throw this.
            ArgumentOutOfRangeException => (TransportFailure.NoChallenge, false),
            // Only the last message of a logon lets the request be carried out.
            _ when CredentialUses.IsHandshake(request.Headers.Authorization?.Scheme) =>
                (TransportFailure.ClosedDuringLogon, CredentialUses.Of(request) is CredentialUse.Sent),
            _ => (TransportFailure.Interrupted, true),
        };
}
