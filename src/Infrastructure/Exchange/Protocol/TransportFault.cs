using System.Security.Authentication;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>Tells where a call was lost, from what the HTTP stack threw.</summary>
internal static class TransportFault
{
    /// <param name="thrown">What was thrown, other than by the caller's cancellation.</param>
    /// <param name="answered">Response headers had arrived.</param>
    public static EwsException From(Exception thrown, bool answered)
    {
        if (answered && thrown is InvalidDataException)
            return new EwsMalformedResponseException("the compressed body is damaged");
        var (failure, processed) = answered
            ? (thrown is OperationCanceledException ? TransportFailure.Timeout : TransportFailure.Interrupted, true)
            : BeforeAnAnswer(thrown);
        return new EwsTransportException(failure, processed, thrown);
    }

    private static (TransportFailure Failure, bool MayHaveBeenProcessed) BeforeAnAnswer(Exception thrown) => thrown switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => (TransportFailure.NameResolution, false),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => (TransportFailure.Tls, false),
        HttpRequestException { InnerException: AuthenticationException } => (TransportFailure.Tls, false),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => (TransportFailure.Connection, false),
        HttpRequestException { HttpRequestError: HttpRequestError.UserAuthenticationError } => (TransportFailure.Handshake, false),
        // ConnectTimeout, as opposed to ours.
        OperationCanceledException { InnerException: TimeoutException } => (TransportFailure.Connection, false),
        OperationCanceledException => (TransportFailure.Timeout, true),
        // A server that answers NTLM's first message with a bare "NTLM" makes .NET's managed client throw this.
        ArgumentOutOfRangeException => (TransportFailure.Handshake, false),
        _ => (TransportFailure.Interrupted, true),
    };
}
