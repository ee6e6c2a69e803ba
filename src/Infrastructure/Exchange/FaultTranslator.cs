using System.Net;
using CleanSync.Application.Syncing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Traffic;

namespace CleanSync.Infrastructure.Exchange;

/// <summary>Says what a failed call means for whom, and what an admin should do.</summary>
internal static class FaultTranslator
{
    public static CalendarFailure Translate(EwsException exception, ExchangeIntegration integration, string? mailbox) => exception switch
    {
        EwsRefusedException response => FromCode(response.Error, integration, mailbox, response),
        EwsHttpException http => FromStatus(http, integration),
        EwsCertificateException certificate => new(FailureReach.Integration, ConnectionRefusals.Of(certificate, Host(integration)), inner: certificate),
        EwsAddressException address => new(FailureReach.Integration, ConnectionRefusals.Of(address, Host(integration)), inner: address),
        EwsTransportException lost => new(RetryMatrix.OfLost(lost), OfLost(lost.Failure, Host(integration)), outcomeUnknown: lost.RequestMayHaveBeenProcessed, inner: lost),
        _ => new(RetryMatrix.Reach("NotXml"), new ExchangeAnsweredUnreadably(Host(integration)), outcomeUnknown: true, inner: exception),
    };

    public static CalendarFailure FromCode(EwsError error, ExchangeIntegration integration, string? mailbox, Exception? inner = null)
    {
        // Whatever the code says: where a pause is named, a busy server is behind it.
        var reach = error.BackOff is null ? RetryMatrix.Reach(error.Code) : FailureReach.BackOff;
        return new CalendarFailure(
            reach,
            Refusal(error.Code, reach, integration, mailbox ?? "the service account"),
            error.Code,
            error.BackOff is { } named ? PauseAsked.Kept(named) : reach is FailureReach.BackOff ? TimeSpan.FromMinutes(1) : null,
            outcomeUnknown: RetryMatrix.Wants(error.Code, Treatment.MayBeStored),
            inner)
        {
            IsAnswer = true,
            CredentialWasRefused = RetryMatrix.Wants(error.Code, Treatment.RefusesThePassword),
            WasTooMuch = RetryMatrix.Wants(error.Code, Treatment.IsHalved),
            MayBeOfItem = RetryMatrix.Wants(error.Code, Treatment.PassesForItems),
            CalendarIsUnknown = RetryMatrix.Wants(error.Code, Treatment.IsOpenedAnew),
            CalendarIsGone = RetryMatrix.Wants(error.Code, Treatment.LeavesNothing),
        };
    }

    private static Error Refusal(string code, FailureReach reach, ExchangeIntegration integration, string mailbox) => code switch
    {
        "ErrorNonExistentMailbox" or "ErrorInvalidSmtpAddress" or "ErrorInvalidUserPrincipalName" => new MailboxNotFound(mailbox),
        "ErrorImpersonateUserDenied" => new ImpersonationRightMissing(mailbox, integration.Account.UserName),
        "ErrorImpersonationDenied" => new ImpersonationIsNotAllowed(integration.Account.UserName),
        "ErrorAccessDenied" or "ErrorFolderNotFound" or "ErrorSyncFolderNotFound" => new CalendarAccessDenied(mailbox, integration.Account.UserName),
        "ErrorPasswordExpired" or "ErrorPasswordChangeRequired" => new CredentialRefused(integration.Account.UserName),
        "ErrorAccountDisabled" => new AccountIsDisabled(integration.Account.UserName),
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
        if (http.Status is HttpStatusCode.Unauthorized) return Unauthorized(http, integration, code);
        var (reach, mayBeStored) = RetryMatrix.OfStatus(http);
        var host = Host(integration);
        Error refusal = reach switch
        {
            FailureReach.BackOff => new ExchangeIsBusy(code),
            FailureReach.Passing when http.Location is not null => new ExchangeIsUnreachable(host, "it showed its error page"),
            FailureReach.Passing => new ExchangeIsUnreachable(host, code),
            _ when http.Status is HttpStatusCode.Forbidden => new ExchangeRefused(code),
            _ when http.Status is HttpStatusCode.NotFound => new AddressIsNotExchange(host, "it has nothing at this path"),
            _ when (int)http.Status < 400 => new AddressIsNotExchange(host, "it redirects elsewhere, and credentials never follow a redirect"),
            _ => new AddressIsNotExchange(host, $"it refuses our requests ({code})"),
        };
        return new(reach, refusal, code, reach is FailureReach.BackOff ? PauseAsked.Kept(http.RetryAfter ?? TimeSpan.FromMinutes(1)) : null, mayBeStored, http);
    }

    private static CalendarFailure Unauthorized(EwsHttpException http, ExchangeIntegration integration, string code)
    {
        var wanted = integration.Authentication is AuthenticationType.Basic ? "Basic" : "NTLM";
        if (http.OfferedSchemes.Count > 0 && !http.OfferedSchemes.Contains(wanted, StringComparer.OrdinalIgnoreCase))
            return new(FailureReach.Integration, new SchemeIsNotOffered(wanted, string.Join(", ", http.OfferedSchemes)), code, inner: http);
        if (!http.CredentialRefused)
            return new(FailureReach.Integration, new LogonHandshakeDidNotFinish(Host(integration)), code, inner: http);
        return new(FailureReach.Integration, Refused(http, integration), code, inner: http) { CredentialWasRefused = true };
    }

    /// <summary>Extended Protection binds NTLM to the TLS channel, and Basic to nothing. On the wire its refusal is that of a wrong password.</summary>
    private static Error Refused(EwsHttpException http, ExchangeIntegration integration)
    {
        var user = integration.Account.UserName;
        if (http.AccountLockedOut) return new AccountIsLocked(user);
        return integration.Authentication is AuthenticationType.Ntlm && http.Channel is { } channel ? ConnectionRefusals.OfLogon(user, channel) : new CredentialRefused(user);
    }

    private static Error OfLost(TransportFailure failure, string host) => failure switch
    {
        TransportFailure.TlsVersion => new TlsVersionIsTooOld(host),
        TransportFailure.NoChallenge => new NtlmChallengeIsMissing(host),
        TransportFailure.ClosedDuringLogon => new ConnectionClosedDuringLogon(host),
        TransportFailure.NameResolution => new ExchangeIsUnreachable(host, "its name is not known to DNS"),
        TransportFailure.Connection => new ExchangeIsUnreachable(host, "nothing accepts connections there"),
        TransportFailure.Tls => new ExchangeIsUnreachable(host, "TLS could not be agreed on"),
        TransportFailure.Timeout => new ExchangeIsUnreachable(host, "no answer came in time"),
        _ => new ExchangeIsUnreachable(host, "the connection broke off"),
    };

    private static string Host(ExchangeIntegration integration) => integration.ServerAddress.Authority;
}
