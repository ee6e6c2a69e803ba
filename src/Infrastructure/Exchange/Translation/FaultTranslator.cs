using System.Net;
using System.Net.Mail;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.ResponseCodes;
using CleanSync.Infrastructure.Traffic;

namespace CleanSync.Infrastructure.Exchange.Translation;

/// <summary>Says what a failed call means for whom, and what an admin should do.</summary>
internal static class FaultTranslator
{
    private const int LongestAddress = 320;

    /// <param name="ofFolder">The call named a folder and no item: what was not found is the folder.</param>
    public static CalendarFailure Translate(
        EwsException exception,
        ServerConnection server,
        string? mailbox,
        bool ofFolder = false) => exception switch
        {
            EwsRefusedException response => ofFolder
                ? OfFolder(response.Error, server, mailbox, response)
                : FromCode(response.Error, server, mailbox, response),
            EwsHttpException http => FromStatus(http, server, mailbox),
            EwsCertificateException certificate =>
                new(FailureReach.Integration, ConnectionRefusals.Of(certificate, Host(server)), inner: certificate),
            EwsAddressException address => new(FailureReach.Integration, ConnectionRefusals.Of(address, Host(server)), inner: address),
            EwsTransportException lost =>
                new(
                    RetryMatrix.OfLost(lost),
                    OfLost(lost.Failure, Host(server)),
                    outcome: Outcome(lost.RequestMayHaveBeenProcessed),
                    inner: lost),
            _ => new(
                RetryMatrix.Reach("NotXml"),
                new ExchangeAnsweredUnreadably(Host(server)),
                outcome: CallOutcome.Unknown,
                inner: exception),
        };

    /// <summary>
    /// Of a folder that is gone Exchange 2007 and 2010 say what they say of an item; and an id that means nothing names no folder any more.
    /// </summary>
    public static CalendarFailure OfFolder(EwsError error, ServerConnection server, string? mailbox, Exception? inner = null) =>
        FromCode(error, IsAnotherWordForIt(error.Code) ? "ErrorFolderNotFound" : error.Code, server, mailbox, inner, ofFolder: true);

    private static bool IsAnotherWordForIt(string code) =>
        RetryMatrix.Wants(code, Treatment.IsGone | Treatment.MeansNothing) && !RetryMatrix.Wants(code, Treatment.IsOpenedAnew);

    public static CalendarFailure FromCode(EwsError error, ServerConnection server, string? mailbox, Exception? inner = null) =>
        FromCode(error, error.Code, server, mailbox, inner);

    /// <param name="sign">What the matrix is asked for.</param>
    /// <param name="ofFolder">Only the answer to a call that named the folder tells that it is gone: an item's id may mean nothing while
    /// its calendar is there.</param>
    private static CalendarFailure FromCode(
        EwsError error,
        string sign,
        ServerConnection server,
        string? mailbox,
        Exception? inner,
        bool ofFolder = false)
    {
        // Whatever the code says: where a pause is named, a busy server is behind it.
        var reach = error.BackOff is null ? RetryMatrix.Reach(sign) : FailureReach.BackOff;
        return new CalendarFailure(
            reach,
            Refusal(error, sign, reach, server, mailbox ?? "the service account"),
            error.Code,
            error.BackOff is { } named ? PauseAsked.Kept(named) : reach is FailureReach.BackOff ? TimeSpan.FromMinutes(1) : null,
            outcome: Outcome(RetryMatrix.Wants(sign, Treatment.MayBeStored)),
            inner)
        {
            IsAnswer = true,
            Meaning = RetryMatrix.Meaning(sign, ofFolder),
        };
    }

    private static Error Refusal(
        EwsError error,
        string sign,
        FailureReach reach,
        ServerConnection server,
        string mailbox) =>
        sign switch
        {
            "ErrorNonPrimarySmtpAddress" => new MailboxAddressIsNotPrimary(mailbox, Primary(error)),
            "ErrorNonExistentMailbox" or "ErrorInvalidSmtpAddress" or "ErrorInvalidUserPrincipalName" => new MailboxNotFound(mailbox),
            "ErrorImpersonateUserDenied" => new ImpersonationRightMissing(mailbox, server.UserName),
            "ErrorImpersonationDenied" => new ImpersonationIsNotAllowed(server.UserName),
            "ErrorAccessDenied" or "ErrorFolderNotFound" or "ErrorSyncFolderNotFound" =>
                new CalendarAccessDenied(mailbox, server.UserName, server.UseImpersonation),
            "ErrorPasswordExpired" or "ErrorPasswordChangeRequired" => new CredentialRefused(server.UserName),
            "ErrorAccountDisabled" => new AccountIsDisabled(server.UserName),
            "ErrorQuotaExceeded" => new MailboxIsFull(mailbox),
            "ErrorMissingEmailAddress" => new ServiceAccountHasNoMailbox(server.UserName),
            "ErrorInvalidServerVersion" or "ErrorInvalidSchemaVersionForMailboxVersion" =>
                new ServerVersionIsRefused(server.ExchangeVersion.ToString()),
            _ when reach is FailureReach.BackOff => new ExchangeIsBusy(error.Code),
            _ when reach is FailureReach.Passing or FailureReach.Resync => new CalendarWasNotReached(mailbox, error.Code),
            _ when ResponseCodeWords.Find(error.Code) is { } words => new ExchangeRefused(error.Code, $"{words.Meaning} {words.Remedy}"),
            _ => new ExchangeRefused(error.Code),
        };

    /// <summary>The server's own word: shown when it is an address and nothing else.</summary>
    private static string? Primary(EwsError error) =>
        error.Details.GetValueOrDefault("Primary")?.Trim() is { Length: <= LongestAddress } told
            && MailAddress.TryCreate(told, out var address) && address.Address == told ? told : null;

    private static CalendarFailure FromStatus(EwsHttpException http, ServerConnection server, string? mailbox)
    {
        var code = $"HTTP {(int)http.Status}";
        if (http.Status is HttpStatusCode.Unauthorized) return Unauthorized(http, server, code);
        var (reach, mayBeStored) = RetryMatrix.OfStatus(http);
        var host = Host(server);
        if (mailbox is not null && RetryMatrix.IsOfOneMailbox(http))
        {
            var why = http.FrontEndCode ?? "Exchange showed its error page";
            var refused = new CalendarWasNotReached(mailbox, why);
            return new(reach, refused, http.FrontEndCode ?? code, outcome: Outcome(mayBeStored), inner: http) { IsAnswer = true };
        }

        Error refusal = reach switch
        {
            FailureReach.BackOff => new ExchangeIsBusy(code),
            FailureReach.Passing when http.Location is not null => new ExchangeIsUnreachable(host, "it showed its error page"),
            FailureReach.Passing => new ExchangeIsUnreachable(host, code),
            _ when http.Status is HttpStatusCode.Forbidden => new ExchangeRefused(code),
            _ when http.Status is HttpStatusCode.NotFound => new AddressIsNotExchange(host, "it has nothing at this path"),
            _ when (int)http.Status < 400 =>
                new AddressIsNotExchange(host, "it redirects elsewhere, and credentials never follow a redirect"),
            _ => new AddressIsNotExchange(host, $"it refuses our requests ({code})"),
        };
        return new(
            reach,
            refusal,
            code,
            reach is FailureReach.BackOff ? PauseAsked.Kept(http.RetryAfter ?? TimeSpan.FromMinutes(1)) : null,
            Outcome(mayBeStored),
            http);
    }

    private static CalendarFailure Unauthorized(EwsHttpException http, ServerConnection server, string code)
    {
        var chosen = server.Authentication;
        if (http.OfferedSchemes.Count > 0 && LogonSchemes.Of(chosen, http.OfferedSchemes) is null)
            return new(FailureReach.Integration, new SchemeIsNotOffered(LogonSchemes.Name(chosen), string.Join(", ", http.OfferedSchemes)),
                code, inner: http);
        if (!http.CredentialRefused)
            return new(FailureReach.Integration, new LogonHandshakeDidNotFinish(Host(server)), code, inner: http);
        return new(FailureReach.Integration, Refused(http, server), code, inner: http) { Meaning = FailureMeaning.CredentialRefused };
    }

    /// <summary>
    /// Extended Protection binds NTLM to the TLS channel, and Basic to nothing. On the wire its refusal is that of a wrong password.
    /// </summary>
    private static Error Refused(EwsHttpException http, ServerConnection server)
    {
        var user = server.UserName;
        if (http.AccountLockedOut) return new AccountIsLocked(user);
        if (server.Authentication is not AuthenticationType.Ntlm || http.Channel is not { } channel)
            return new CredentialRefused(user);
        var onlyNegotiate = LogonSchemes.Of(AuthenticationType.Ntlm, http.OfferedSchemes) is EwsAuthentication.Negotiate;
        return ConnectionRefusals.OfLogon(user, channel, onlyNegotiate);
    }

    private static Error OfLost(TransportFailure failure, string host) => failure switch
    {
        TransportFailure.TlsVersion => new TlsVersionIsTooOld(host),
        TransportFailure.NoChallenge => new NtlmChallengeIsMissing(host),
        TransportFailure.ClosedDuringLogon => new ConnectionClosedDuringLogon(host),
        TransportFailure.NameResolution => new ExchangeIsUnreachable(host, "its name is not known to DNS"),
        TransportFailure.Connection => new ExchangeIsUnreachable(host, "nothing accepts connections there"),
        TransportFailure.Tls => new ExchangeIsUnreachable(host, "TLS could not be agreed on"),
        TransportFailure.StrayAnswer => new ExchangeIsUnreachable(host,
            "it gave the answer to another request, and the connection was closed"),
        TransportFailure.Timeout => new ExchangeIsUnreachable(host, "no answer came in time"),
        _ => new ExchangeIsUnreachable(host, "the connection broke off"),
    };

    private static CallOutcome Outcome(bool mayBeStored) => mayBeStored ? CallOutcome.Unknown : CallOutcome.NotDone;

    private static string Host(ServerConnection server) => server.ServerAddress.Authority;
}
