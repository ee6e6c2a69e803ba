using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Api.OpenApi;

/// <summary>A refusal that an endpoint can answer with.</summary>
internal sealed record CanRefuse(Type Refusal);

/// <summary>A request body that the endpoint accepts, for the reader to start from.</summary>
internal sealed record BodyExample(object Body);

/// <summary>An answer as it can look.</summary>
/// <param name="Status">Null for every successful one.</param>
internal sealed record AnswerExample(object Body, int? Status);

/// <summary>The answer carries the stored version as ETag.</summary>
internal sealed record CarriesETag;

/// <summary>What the OpenAPI document says of an endpoint beyond its signature.</summary>
internal static class Documentation
{
    public static RouteHandlerBuilder Refuses<T>(this RouteHandlerBuilder endpoint)
        where T : Error => endpoint.WithMetadata(new CanRefuse(typeof(T)));

    public static RouteHandlerBuilder Example(this RouteHandlerBuilder endpoint, object body) =>
        endpoint.WithMetadata(new BodyExample(body));

    public static RouteHandlerBuilder Shows(this RouteHandlerBuilder endpoint, object answer, int? status = null) =>
        endpoint.WithMetadata(new AnswerExample(answer, status));

    public static RouteHandlerBuilder SendsETag(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new CarriesETag());

    /// <summary>Whatever the way to Exchange can refuse for the whole integration.</summary>
    public static RouteHandlerBuilder RefusesForExchange(this RouteHandlerBuilder endpoint) => endpoint
        .Refuses<CredentialRefused>().Refuses<CredentialOrExtendedProtectionRefused>()
        .Refuses<AccountIsLocked>().Refuses<AccountIsDisabled>().Refuses<LogonIsInDoubt>()
        .Refuses<SchemeIsNotOffered>().Refuses<AddressIsNotExchange>()
        .Refuses<ServerVersionIsRefused>().Refuses<ImpersonationIsNotAllowed>().Refuses<ExchangeRefused>()
        .Refuses<LogonHandshakeDidNotFinish>().Refuses<ConnectionClosedDuringLogon>().Refuses<NtlmChallengeIsMissing>()
        .Refuses<PlainHttpIsRefused>().Refuses<AddressIsRefused>().Refuses<TlsVersionIsTooOld>()
        .Refuses<CertificateIssuerIsUnknown>().Refuses<CertificateHasExpired>().Refuses<CertificateIsNotYetValid>()
        .Refuses<CertificateIsForAnotherName>().Refuses<CertificateIsNotThePinnedOne>().Refuses<CertificateIsInvalid>()
        .Refuses<ExchangeIsUnreachable>().Refuses<ExchangeIsBusy>().Refuses<TooManyWrongPasswords>().Refuses<PasswordCannotBeOpened>();

    /// <summary>Whatever keeps an integration from sending anything.</summary>
    public static RouteHandlerBuilder RefusesWhileStill(this RouteHandlerBuilder endpoint) => endpoint
        .Refuses<IntegrationIsNotAuthorized>()
        .Refuses<IntegrationIsPaused>()
        .Refuses<IntegrationIsBeingDisconnected>()
        .Refuses<PasswordCannotBeOpened>();

    /// <summary>Whatever Exchange can refuse for one mailbox.</summary>
    public static RouteHandlerBuilder RefusesForMailbox(this RouteHandlerBuilder endpoint) => endpoint
        .Refuses<MailboxAddressIsMissing>().Refuses<MailboxNotFound>().Refuses<ImpersonationRightMissing>().Refuses<CalendarAccessDenied>()
        .Refuses<CalendarRightsMissing>()
        .Refuses<MailboxIsLinkedAlready>()
        .Refuses<MailboxIsTheServiceAccounts>()
        .Refuses<CalendarWasNotReached>();
}
