using System.Net;
using System.Reflection;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.Application.Syncing.Calendars.FailureReach;

namespace CleanSync.UnitTests.Exchange;

/// <summary>The retry matrix (docs/exchange.md), a row for each signal.</summary>
public sealed class RetryMatrixTests
{
    public static TheoryData<string, FailureReach> Codes => Rows(
        (BackOff, "ErrorServerBusy ErrorExceededConnectionCount ErrorTooManyObjectsOpened ErrorExceededSubscriptionCount"),
        (Passing, """
            ErrorInternalServerTransientError ErrorInternalServerError ErrorTimeoutExpired ErrorExceededFindCountLimit ErrorConnectionFailed
            ErrorMailboxStoreUnavailable ErrorMailboxFailover ErrorMailboxMoveInProgress ErrorInsufficientResources ErrorNotEnoughMemory ErrorADUnavailable
            ErrorNoRespondingCASInDestinationSite ErrorClientDisconnected ErrorMailboxLogonFailed ErrorBatchProcessingStopped ErrorImpersonationFailed
            ErrorServiceUnavailable ErrorADOperation ErrorServiceDiscoveryFailed ErrorProxyServiceDiscoveryFailed ErrorProxyTokenExpired
            ErrorRequestAborted
            ErrorProxyCallFailed ErrorProxyRequestProcessingFailed ErrorProxySoapException
            """),
        (Resync, "ErrorInvalidSyncStateData"),
        (Writing, "ErrorQuotaExceeded"),
        (Integration, """
            ErrorPasswordExpired ErrorPasswordChangeRequired ErrorAccountDisabled ErrorImpersonationDenied ErrorCallerIsInvalidADAccount ErrorMissingEmailAddress
            ErrorInvalidServerVersion ErrorInvalidSchemaVersionForMailboxVersion
            """),
        (FailureReach.Link, """
            ErrorImpersonateUserDenied ErrorNonPrimarySmtpAddress ErrorNonExistentMailbox ErrorInvalidSmtpAddress
            ErrorInvalidUserPrincipalName ErrorMailboxConfiguration ErrorAccessDenied
            ErrorFolderNotFound ErrorSyncFolderNotFound ErrorWrongServerVersion ErrorWrongServerVersionDelegate ErrorProxyRequestNotAllowed ErrorCrossSiteRequest
            ErrorCalendarFolderIsInvalidForCalendarView
            ErrorNoApplicableProxyCASServersAvailable ErrorNoDestinationCASDueToKerberosRequirements
            ErrorNoDestinationCASDueToSSLRequirements
            ErrorNoDestinationCASDueToVersionMismatch
            """),
        (Item, """
            ErrorItemNotFound ErrorItemCorrupt ErrorCorruptData ErrorContentConversionFailed ErrorItemPropertyRequestFailed
            ErrorInvalidChangeKey ErrorInvalidId ErrorInvalidIdMalformed
            ErrorInvalidIdEmpty ErrorInvalidIdMalformedEwsLegacyIdFormat ErrorInvalidIdMonikerTooLong ErrorInvalidIdNotAnItemAttachmentId
            ErrorInvalidIdReturnedByResolveNames ErrorInvalidIdStoreObjectIdTooLong ErrorInvalidIdTooManyAttachmentLevels ErrorInvalidIdXml
            ErrorItemSave ErrorItemSavePropertyError ErrorPropertyUpdate ErrorCalendarEndDateIsEarlierThanStartDate
            ErrorCalendarDurationIsTooLong ErrorCalendarOutOfRange ErrorCalendarInvalidRecurrence ErrorCalendarInvalidTimeZone ErrorTimeZone
            ErrorCalendarOccurrenceIsDeletedFromRecurrence ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange ErrorCalendarCannotUseIdForOccurrenceId
            ErrorCalendarCannotUseIdForRecurringMasterId ErrorCalendarIsOrganizerForAccept ErrorCalendarIsOrganizerForDecline ErrorCalendarIsOrganizerForTentative
            ErrorCalendarIsOrganizerForRemove ErrorCalendarIsCancelledForAccept ErrorCalendarIsCancelledForDecline ErrorCalendarIsCancelledForTentative
            ErrorCalendarIsDelegatedForAccept ErrorCalendarIsDelegatedForDecline ErrorCalendarIsDelegatedForTentative ErrorCalendarIsNotOrganizer
            ErrorCalendarMeetingRequestIsOutOfDate ErrorOfAVersionThatDoesNotExistYet
            ErrorIrresolvableConflict ErrorStaleObject ErrorChangeKeyRequiredForWriteOperations ErrorChangeKeyRequired
            ErrorSubscriptionNotFound ErrorInvalidSubscription ErrorSubscriptionUnsubscribed ErrorMissedNotificationEvents ErrorReadEventsFailed ErrorInvalidWatermark
            ErrorSubscriptionDelegateAccessNotSupported ErrorSubscriptionAccessDenied
            """),
        (Bug, """
            ErrorCalendarViewRangeTooBig ErrorSendMeetingInvitationsRequired ErrorSendMeetingInvitationsOrCancellationsRequired
            ErrorSendMeetingCancellationsRequired ErrorMessageDispositionRequired ErrorSchemaValidation ErrorInvalidRequest ErrorIncorrectSchemaVersion
            ErrorInvalidPropertySet ErrorInvalidPropertyRequest ErrorIncorrectUpdatePropertyCount ErrorUpdatePropertyMismatch ErrorDuplicateSOAPHeader
            ErrorMissingArgument ErrorInvalidOperation ErrorUnsupportedPathForQuery ErrorInvalidExtendedProperty ErrorCannotCreateCalendarItemInNonCalendarFolder
            ErrorInvalidExchangeImpersonationHeaderData
            """));

    [Theory, MemberData(nameof(Codes))]
    public void A_response_code_reaches_as_far_as_the_matrix_says(string code, FailureReach reach) => Assert.Equal(reach, Of(code).Reach);

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, Integration, false)]
    [InlineData(HttpStatusCode.Forbidden, Integration, false)]
    [InlineData(HttpStatusCode.NotFound, Integration, false)]
    [InlineData(HttpStatusCode.Redirect, Integration, false)]
    [InlineData(HttpStatusCode.MovedPermanently, Integration, false)]
    [InlineData(HttpStatusCode.SeeOther, Integration, false)]
    [InlineData(HttpStatusCode.TemporaryRedirect, Integration, false)]
    [InlineData(HttpStatusCode.PermanentRedirect, Integration, false)]
    [InlineData(HttpStatusCode.MethodNotAllowed, Integration, false)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, Integration, false)]
    [InlineData(HttpStatusCode.ExpectationFailed, Integration, false)]
    [InlineData(HttpStatusCode.TooManyRequests, BackOff, false)]
    [InlineData(HttpStatusCode.ServiceUnavailable, BackOff, false)]
    [InlineData(HttpStatusCode.InternalServerError, Passing, true)]
    [InlineData(HttpStatusCode.BadGateway, Passing, true)]
    [InlineData(HttpStatusCode.GatewayTimeout, Passing, true)]
    [InlineData((HttpStatusCode)418, Passing, true)]
    public void An_HTTP_status_reaches_as_far_as_the_matrix_says(HttpStatusCode status, FailureReach reach, bool outcomeUnknown)
    {
        var failure = Of(new EwsHttpException(status, CredentialUse.Sent));
        Assert.Equal((reach, outcomeUnknown), (failure.Reach, failure.OutcomeUnknown));
        Assert.Equal(status is HttpStatusCode.Unauthorized, failure.Meaning is FailureMeaning.CredentialRefused);
    }

    [Fact]
    public void Every_row_of_the_table_is_tested_here()
    {
        var tested = Codes.Select(row => row.Data.Item1)
            .Concat(Data(nameof(An_HTTP_status_reaches_as_far_as_the_matrix_says)).Select(d => $"HTTP{(int)(HttpStatusCode)d}"))
            .Concat(Data(nameof(A_lost_call_reaches_as_far_as_the_matrix_says)).Select(d => $"{d}"))
            .Concat(["ErrorPage", "FrontEndCode", "NotXml", "ClosedDuringLogonAfterSending"]);
        Assert.Empty(RetryMatrix.Signs.Except(tested));
    }

    [Fact]
    public void A_redirect_to_the_error_page_passes() =>
        Assert.Equal(
            Passing,
            Of(new EwsHttpException(HttpStatusCode.Redirect,
                CredentialUse.Sent)
            { Location = new Uri("https://mail.contoso.example/owa/auth/genericerrorpage.htm") }).Reach);

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "MailboxGuidWithDomainNotFound", null)]
    [InlineData(HttpStatusCode.BadGateway, "DatabaseNotFound", null)]
    [InlineData(HttpStatusCode.Redirect, null, "/ews/genericerrorpage.htm?aspxerrorpath=/ews/exchange.asmx")]
    [InlineData(HttpStatusCode.Redirect, null, "https://mail.contoso.example/owa/auth/errorFE.aspx?httpCode=404")]
    public void A_front_end_that_did_not_get_through_to_a_mailbox_is_a_passing_fault_of_that_mailbox(HttpStatusCode status, string? code,
        string? location)
    {
        var page = location is null ? null : new Uri(location, UriKind.RelativeOrAbsolute);
        var failure = Of(new EwsHttpException(status, CredentialUse.Sent) { FrontEndCode = code, Location = page });
        Assert.Equal((Passing, true, true, typeof(CalendarWasNotReached)),
            (failure.Reach, failure.OutcomeUnknown, failure.IsOfOneMailbox, failure.Refusal.GetType()));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, null)]
    [InlineData(HttpStatusCode.Redirect, "https://portal.contoso.example/welcome?next=error")]
    public void Any_other_is_not_Exchange(HttpStatusCode status, string? location) => Assert.IsType<AddressIsNotExchange>(
        Of(new EwsHttpException(status, CredentialUse.Sent) { Location = location is null ? null : new Uri(location) }).Refusal);

    [Theory]
    [InlineData("anna.primary@contoso.example", "anna.primary@contoso.example")]
    [InlineData("no address", null)]
    [InlineData(null, null)]
    public void An_address_that_is_not_the_primary_one_is_told_with_the_one_that_is(string? told, string? named)
    {
        var failure = Of(new EwsFaultException(EwsError.From("ErrorNonPrimarySmtpAddress", null, told is null
            ? null : new() { ["Primary"] = told })));
        Assert.Equal(new MailboxAddressIsNotPrimary("anna@contoso.example", named), failure.Refusal);
        Assert.Equal(LinkState.Warning, CalendarCheckup.Health(failure).State);
    }

    [Fact]
    public void An_answer_that_is_not_XML_passes_and_leaves_the_outcome_open()
    {
        var failure = Of(new EwsMalformedResponseException("a login page"));
        Assert.Equal((Passing, true), (failure.Reach, failure.OutcomeUnknown));
    }

    [Theory]
    [InlineData(TransportFailure.NameResolution, Passing)]
    [InlineData(TransportFailure.Connection, Passing)]
    [InlineData(TransportFailure.Tls, Passing)]
    [InlineData(TransportFailure.Timeout, Passing)]
    [InlineData(TransportFailure.Interrupted, Passing)]
    [InlineData(TransportFailure.StrayAnswer, Passing)]
    [InlineData(TransportFailure.TlsVersion, Integration)]
    [InlineData(TransportFailure.NoChallenge, Integration)]
    [InlineData(TransportFailure.ClosedDuringLogon, Passing)]
    internal void A_lost_call_reaches_as_far_as_the_matrix_says(TransportFailure lost, FailureReach reach) =>
        Assert.Equal(reach, Of(new EwsTransportException(lost, requestMayHaveBeenProcessed: true, null)).Reach);

    [Theory]
    [InlineData("ErrorIrresolvableConflict ErrorStaleObject ErrorChangeKeyRequiredForWriteOperations ErrorChangeKeyRequired")]
    public void A_conflict_is_read_again_and_merged(string codes) =>
        Assert.All(codes.Split(' '), code => Assert.True(RetryMatrix.Wants(code, Treatment.IsReadAgain), code));

    [Theory]
    [InlineData("ErrorSubscriptionNotFound ErrorInvalidSubscription ErrorSubscriptionUnsubscribed ErrorMissedNotificationEvents ErrorReadEventsFailed ErrorInvalidWatermark")]
    public void A_lost_subscription_is_made_anew(string codes) =>
        Assert.All(codes.Split(' '), code => Assert.False(RetryMatrix.LeavesSubscriptions(code), code));

    [Theory]
    [InlineData("ErrorSubscriptionDelegateAccessNotSupported ErrorSubscriptionAccessDenied")]
    public void What_may_not_be_subscribed_to_is_polled(string codes) =>
        Assert.All(codes.Split(' '), code => Assert.False(RetryMatrix.LeavesSubscriptions(code), code));

    [Fact]
    public void An_item_that_is_gone_is_known_as_such() => Assert.True(RetryMatrix.Wants("ErrorItemNotFound", Treatment.IsGone));

    [Theory]
    [InlineData("ErrorInvalidIdMalformed", true)]
    [InlineData("ErrorInvalidIdXml", true)]
    [InlineData("ErrorNonExistentMailbox", true)]
    [InlineData("ErrorItemNotFound", false)]
    [InlineData("ErrorItemCorrupt", false)]
    public void An_id_that_means_nothing_is_known_as_such(string code, bool meansNothing) =>
        Assert.Equal(meansNothing, RetryMatrix.Wants(code, Treatment.MeansNothing));

    [Fact]
    public void What_Exchange_answers_is_told_from_what_is_on_the_way_to_it() =>
        Assert.Equal(
            (true, false),
            (Of("ErrorServerBusy").IsAnswer, Of(new EwsHttpException(HttpStatusCode.ServiceUnavailable, CredentialUse.Sent)).IsAnswer));

    [Theory]
    [InlineData("ErrorTimeoutExpired", true)]
    [InlineData("ErrorExceededFindCountLimit", true)]
    [InlineData("ErrorServerBusy", false)]
    [InlineData("ErrorOfAVersionThatDoesNotExistYet", false)]
    public void What_took_too_long_may_be_halved(string code, bool halved) =>
        Assert.Equal(halved, Of(code).Meaning is FailureMeaning.TooMuch);

    [Theory]
    [InlineData("ErrorPasswordExpired", true)]
    [InlineData("ErrorPasswordChangeRequired", true)]
    [InlineData("ErrorAccountDisabled", true)]
    public void A_password_that_has_to_be_changed_counts_as_refused(string code, bool refused) =>
        Assert.Equal(refused, Of(code).Meaning is FailureMeaning.CredentialRefused);

    [Theory]
    [InlineData("ErrorTimeoutExpired", true)]
    [InlineData("ErrorInternalServerError", true)]
    [InlineData("ErrorInternalServerTransientError", true)]
    [InlineData("ErrorClientDisconnected", true)]
    [InlineData("ErrorMailboxFailover", true)]
    [InlineData("ErrorServerBusy", false)]
    [InlineData("ErrorQuotaExceeded", false)]
    public void A_write_that_may_be_stored_is_looked_up(string code, bool looksUp) => Assert.Equal(looksUp, Of(code).OutcomeUnknown);

    [Theory]
    [InlineData("ErrorFolderNotFound", true, true)]
    [InlineData("ErrorSyncFolderNotFound", true, false)]
    [InlineData("ErrorNonExistentMailbox", true, true)]
    [InlineData("ErrorAccessDenied", false, false)]
    public void A_calendar_that_Exchange_does_not_know_is_looked_for_anew_and_one_that_is_gone_holds_nothing(
        string code,
        bool isUnknown,
        bool isGone) =>
        Assert.Equal((isUnknown, isGone), (Of(code).CalendarIsUnknown, OfFolder(code).Meaning is FailureMeaning.CalendarGone));

    [Theory]
    [InlineData("ErrorFolderNotFound")]
    [InlineData("ErrorNonExistentMailbox")]
    public void What_is_said_of_an_item_does_not_tell_that_its_calendar_is_gone(string code) =>
        Assert.Equal(FailureMeaning.CalendarUnknown, Of(code).Meaning);

    [Theory]
    [InlineData("ErrorInternalServerError", true)]
    [InlineData("ErrorInternalServerTransientError", false)]
    public void What_comes_again_and_again_for_one_item_may_be_its_own(string code, bool mayBe) =>
        Assert.Equal(mayBe, Of(code).Meaning is FailureMeaning.MayBeOfItem);

    [Fact]
    public void A_connection_closed_during_the_logon_passes_only_when_the_request_was_sent() =>
        Assert.Equal(
            Integration, Of(new EwsTransportException(TransportFailure.ClosedDuringLogon, requestMayHaveBeenProcessed: false, null)).Reach);

    [Fact]
    public void An_internal_error_with_a_named_pause_is_a_busy_server()
    {
        var failure = Of(
            new EwsFaultException(EwsError.From("ErrorInternalServerError", null, new() { ["BackOffMilliseconds"] = "90000" })));
        Assert.Equal((BackOff, TimeSpan.FromSeconds(90)), (failure.Reach, failure.RetryAfter));
    }

    private static CalendarFailure Of(string code) => Of(new EwsFaultException(EwsError.From(code, null, null)));

    private static CalendarFailure OfFolder(string code) =>
        FaultTranslator.OfFolder(EwsError.From(code, null, null), Sample.Integration().Server, "anna@contoso.example");

    private static CalendarFailure Of(EwsException failure) =>
        FaultTranslator.Translate(failure, Sample.Integration().Server, "anna@contoso.example");

    private static IEnumerable<object> Data(string test) =>
        typeof(RetryMatrixTests).GetMethod(test, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!
        .GetCustomAttributes<InlineDataAttribute>().Select(a => a.Data[0]!);

    private static TheoryData<string, FailureReach> Rows(params (FailureReach Reach, string Codes)[] rows)
    {
        var data = new TheoryData<string, FailureReach>();
        foreach (var (reach, codes) in rows)
            foreach (var code in codes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) data.Add(code, reach);
        return data;
    }
}
