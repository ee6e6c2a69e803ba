using System.Net;
using CleanSync.Application.Syncing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Exchange.Protocol;

namespace CleanSync.Infrastructure.Exchange;

/// <summary>Says what a failed call means for whom, and what an admin should do.</summary>
internal static class FaultTranslator
{
    public static CalendarFailure Translate(EwsException exception, ExchangeIntegration integration, string? mailbox) => exception switch
    {
        EwsRefusedException response => FromCode(response.Error, integration, mailbox, response),
        EwsHttpException http => FromStatus(http, integration),
        EwsTransportException { Failure: TransportFailure.Handshake } handshake =>
            new(FailureReach.Integration, new LogonHandshakeDidNotFinish(Host(integration)), inner: handshake),
        EwsTransportException transport => new(
            FailureReach.Passing, new ExchangeIsUnreachable(Host(integration), Reason(transport.Failure)), outcomeUnknown: transport.RequestMayHaveBeenProcessed, inner: transport),
        _ => new(FailureReach.Passing, new ExchangeAnsweredUnreadably(Host(integration)), outcomeUnknown: true, inner: exception),
    };

    public static CalendarFailure FromCode(EwsError error, ExchangeIntegration integration, string? mailbox, Exception? inner = null)
    {
        // Whatever the code says: where a pause is named, a busy server is behind it.
        var reach = error.BackOff is null ? ResponseCodes.Reach(error.Code) : FailureReach.BackOff;
        return new CalendarFailure(
            reach,
            Refusal(error.Code, reach, integration, mailbox ?? "the service account"),
            error.Code,
            error.BackOff ?? (reach is FailureReach.BackOff ? TimeSpan.FromMinutes(1) : null),
            outcomeUnknown: ResponseCodes.MayHaveBeenStored(error.Code),
            inner)
        {
            CredentialWasRefused = ResponseCodes.RefusesPassword(error.Code),
        };
    }

    private static Error Refusal(string code, FailureReach reach, ExchangeIntegration integration, string mailbox) => code switch
    {
        "ErrorNonExistentMailbox" or "ErrorInvalidSmtpAddress" or "ErrorInvalidUserPrincipalName" => new MailboxNotFound(mailbox),
        "ErrorImpersonateUserDenied" => new ImpersonationRightMissing(mailbox, integration.Account.UserName),
        "ErrorImpersonationDenied" => new ImpersonationIsNotAllowed(integration.Account.UserName),
        "ErrorAccessDenied" or "ErrorFolderNotFound" or "ErrorSyncFolderNotFound" => new CalendarAccessDenied(mailbox, integration.Account.UserName),
        "ErrorPasswordExpired" or "ErrorPasswordChangeRequired" => new CredentialRefused(integration.Account.UserName),
        "ErrorQuotaExceeded" => new MailboxIsFull(mailbox),
        "ErrorMissingEmailAddress" => new ServiceAccountHasNoMailbox(integration.Account.UserName),
        "ErrorInvalidServerVersion" or "ErrorInvalidSchemaVersionForMailboxVersion" => new ServerVersionIsRefused(integration.ExchangeVersion.ToString()),
        _ when reach is FailureReach.BackOff => new ExchangeIsBusy(code),
        _ when reach is FailureReach.Passing or FailureReach.Resync => new CalendarWasNotReached(mailbox, code),
        _ => new ExchangeRefused(code),
    };

    private static CalendarFailure FromStatus(EwsHttpException http, ExchangeIntegration integration)
    {
        var code = $"HTTP {(int)http.Status}";
        var host = Host(integration);
        return http.Status switch
        {
            HttpStatusCode.Unauthorized => Unauthorized(http, integration, code),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable =>
                new(FailureReach.BackOff, new ExchangeIsBusy(code), code, http.RetryAfter ?? TimeSpan.FromMinutes(1), inner: http),
            HttpStatusCode.Forbidden => new(FailureReach.Integration, new ExchangeRefused(code), code, inner: http),
            HttpStatusCode.NotFound => new(FailureReach.Integration, new AddressIsNotExchange(host, "it has nothing at this path"), code, inner: http),
            HttpStatusCode.Redirect or HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect =>
                http.Location?.OriginalString.Contains("genericerrorpage", StringComparison.OrdinalIgnoreCase) == true
                    ? new(FailureReach.Passing, new ExchangeIsUnreachable(host, "it showed its error page"), code, outcomeUnknown: true, inner: http)
                    : new(FailureReach.Integration, new AddressIsNotExchange(host, "it redirects elsewhere, and credentials never follow a redirect"), code, inner: http),
            HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.ExpectationFailed or HttpStatusCode.MethodNotAllowed =>
                new(FailureReach.Integration, new AddressIsNotExchange(host, $"it refuses our requests ({code})"), code, inner: http),
            _ => new(FailureReach.Passing, new ExchangeIsUnreachable(host, code), code, outcomeUnknown: true, inner: http),
        };
    }

    private static CalendarFailure Unauthorized(EwsHttpException http, ExchangeIntegration integration, string code)
    {
        var wanted = integration.Authentication is AuthenticationType.Basic ? "Basic" : "NTLM";
        if (http.OfferedSchemes.Count > 0 && !http.OfferedSchemes.Contains(wanted, StringComparer.OrdinalIgnoreCase))
            return new(FailureReach.Integration, new SchemeIsNotOffered(wanted, string.Join(", ", http.OfferedSchemes)), code, inner: http);
        if (!http.CredentialRefused)
            return new(FailureReach.Integration, new LogonHandshakeDidNotFinish(Host(integration)), code, inner: http);
        Error refusal = http.AccountLockedOut ? new AccountIsLocked(integration.Account.UserName) : new CredentialRefused(integration.Account.UserName);
        return new(FailureReach.Integration, refusal, code, inner: http) { CredentialWasRefused = true };
    }

    private static string Reason(TransportFailure failure) => failure switch
    {
        TransportFailure.NameResolution => "its name is not known to DNS",
        TransportFailure.Connection => "nothing accepts connections there",
        TransportFailure.Tls => "its certificate was not accepted, or TLS could not be agreed on",
        TransportFailure.Timeout => "no answer came in time",
        _ => "the connection broke off",
    };

    private static string Host(ExchangeIntegration integration) => integration.ServerAddress.Authority;
}
