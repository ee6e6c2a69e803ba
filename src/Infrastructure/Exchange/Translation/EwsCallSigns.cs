using System.Net;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Traffic;

namespace CleanSync.Infrastructure.Exchange.Translation;

/// <inheritdoc/>
internal sealed class EwsCallSigns : ICallSigns
{
    public CallSign? Of(Exception failure) => failure is not EwsException ? null : new CallSign
    {
        Pause = Pause((EwsException)failure),
        IsUnderstood = failure is EwsRefusedException,
        IsAnswered = failure is not EwsTransportException,
        TimedOut = failure is EwsTransportException { Failure: TransportFailure.Timeout },
        RefusesPassword = failure switch
        {
            EwsRefusedException answer => RetryMatrix.Wants(answer.ResponseCode, Treatment.RefusesThePassword),
            EwsHttpException http => http.CredentialRefused,
            _ => false,
        },
        MayBeOfLoad = failure is EwsHttpException { AccountLockedOut: false },
        LeavesPasswordOpen = failure switch
        {
            EwsTransportException lost => lost.CredentialUnanswered,
            EwsHttpException { Credential: CredentialUse.Sent } http =>
                http.Status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout,
            _ => false,
        },
    };

    public Error? CredentialRefusal(Exception failure, ServerConnection server) =>
        failure is EwsException ews
            && FaultTranslator.Translate(ews, server, null) is { Meaning: FailureMeaning.CredentialRefused, Refusal: var refusal }
            ? refusal
            : null;

    /// <summary>
    /// That of the first error in the answer that asks for one: what is said of an item is no word about the server.
    /// </summary>
    public PauseAsked? PauseIn(object? answer) => answer switch
    {
        IEwsResult { Error: { } error } => Pause(error),
        IEnumerable<IEwsResult> many => many.Select(r => r.Error is { } error ? Pause(error) : null).FirstOrDefault(p => p is not null),
        _ => null,
    };

    public Exception CutOff(Exception cut) => new EwsTransportException(TransportFailure.Timeout, requestMayHaveBeenProcessed: true, cut);

    private static PauseAsked? Pause(EwsException failure) => failure switch
    {
        EwsRefusedException refused => Pause(refused.Error),
        EwsHttpException http when RetryMatrix.OfStatus(http).Reach is FailureReach.BackOff =>
            new PauseAsked($"HTTP {(int)http.Status}", http.RetryAfter, OfWholeServer: true),
        _ => null,
    };

    /// <summary>
    /// Any error can carry a named pause: an internal error that does is a busy server underneath. Too many subscriptions keep no other
    /// call waiting.
    /// </summary>
    private static PauseAsked? Pause(EwsError error) =>
        error.BackOff is not null
            || (RetryMatrix.Reach(error.Code) is FailureReach.BackOff && !RetryMatrix.Wants(error.Code, Treatment.HoldsSubscribingOnly))
        ? new PauseAsked(
            error.Code,
            error.BackOff,
            LowersLimit: RetryMatrix.Wants(error.Code, Treatment.LowersTheLimit),
            NeedsAMinute: RetryMatrix.Wants(error.Code, Treatment.NeedsAMinute))
        : null;
}
