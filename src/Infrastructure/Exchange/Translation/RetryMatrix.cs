using System.Collections.Frozen;
using System.Net;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Infrastructure.Exchange.Protocol;
using static CleanSync.Application.Syncing.Calendars.FailureReach;
using static CleanSync.Infrastructure.Exchange.Translation.Treatment;

namespace CleanSync.Infrastructure.Exchange.Translation;

/// <summary>
/// What each sign of trouble means (docs/exchange.md, "Retry matrix"): Exchange's response codes, HTTP statuses, and the ways in which a
/// call is lost. One table. A response code that it lacks fails its own item and is tried again with growing pauses, because servers know
/// several hundred and new ones appear; a status that it lacks passes, and leaves the outcome open.
/// </summary>
internal static class RetryMatrix
{
    private static readonly (FailureReach Reach, Treatment Treatment, string Signs)[] Rows =
    [
        (BackOff, AsReached, "HTTP429 HTTP503 ErrorServerBusy"),
        (BackOff, LowersTheLimit, "ErrorExceededConnectionCount"),
        (BackOff, HoldsSubscribingOnly, "ErrorExceededSubscriptionCount"),
        (BackOff, NeedsAMinute, "ErrorTooManyObjectsOpened"),

        (Passing, AsReached, """
            ErrorConnectionFailed ErrorMailboxStoreUnavailable ErrorMailboxMoveInProgress ErrorInsufficientResources ErrorNotEnoughMemory ErrorADUnavailable
            ErrorNoRespondingCASInDestinationSite ErrorMailboxLogonFailed ErrorBatchProcessingStopped ErrorImpersonationFailed
            ErrorServiceUnavailable ErrorADOperation ErrorServiceDiscoveryFailed ErrorProxyServiceDiscoveryFailed ErrorProxyTokenExpired
            """),
        (Passing, MayBeStored, "HTTP500 HTTP502 HTTP504 ErrorPage FrontEndCode NotXml"),
        (Passing, MayBeStored, "ErrorInternalServerTransientError ErrorClientDisconnected ErrorMailboxFailover"),
        (Passing, MayBeStored, "ErrorRequestAborted ErrorProxyCallFailed ErrorProxyRequestProcessingFailed ErrorProxySoapException"),
        (Passing, MayBeStored | PassesForItems, "ErrorInternalServerError"),
        (Passing, MayBeStored | IsHalved, "ErrorTimeoutExpired"),
        (Passing, IsHalved, "ErrorExceededFindCountLimit"),
        (
            Passing,
            AsReached,
            $"{TransportFailure.NameResolution} {TransportFailure.Connection} {TransportFailure.Tls} {TransportFailure.Timeout}"),
        (Passing, AsReached, $"{TransportFailure.Interrupted} {TransportFailure.StrayAnswer}"),
        (Passing, AsReached, $"{TransportFailure.ClosedDuringLogon}AfterSending"),

        (Resync, AsReached, "ErrorInvalidSyncStateData"),
        (Writing, AsReached, "ErrorQuotaExceeded"),

        (Item, IsGone, "ErrorItemNotFound"),
        (Item, MeansNothing, """
            ErrorInvalidId ErrorInvalidIdEmpty ErrorInvalidIdMalformed ErrorInvalidIdMalformedEwsLegacyIdFormat ErrorInvalidIdMonikerTooLong
            ErrorInvalidIdNotAnItemAttachmentId ErrorInvalidIdReturnedByResolveNames ErrorInvalidIdStoreObjectIdTooLong
            ErrorInvalidIdTooManyAttachmentLevels ErrorInvalidIdXml
            """),
        (Item, IsBroken, "ErrorItemCorrupt ErrorCorruptData ErrorContentConversionFailed ErrorItemPropertyRequestFailed"),
        (Item, IsReadAgain, "ErrorIrresolvableConflict ErrorStaleObject ErrorChangeKeyRequiredForWriteOperations ErrorChangeKeyRequired"),
        (Item, IsOfItsZone, "ErrorTimeZone ErrorCalendarInvalidTimeZone"),
        (Item, AsReached, """
            ErrorSubscriptionNotFound ErrorInvalidSubscription ErrorSubscriptionUnsubscribed ErrorMissedNotificationEvents ErrorReadEventsFailed ErrorInvalidWatermark
            ErrorSubscriptionDelegateAccessNotSupported ErrorSubscriptionAccessDenied
            """),

        (Link, AsReached, """
            ErrorImpersonateUserDenied ErrorNonPrimarySmtpAddress ErrorInvalidSmtpAddress ErrorInvalidUserPrincipalName
            ErrorMailboxConfiguration ErrorWrongServerVersion
            ErrorWrongServerVersionDelegate ErrorProxyRequestNotAllowed ErrorCrossSiteRequest ErrorCalendarFolderIsInvalidForCalendarView
            ErrorNoApplicableProxyCASServersAvailable ErrorNoDestinationCASDueToKerberosRequirements
            ErrorNoDestinationCASDueToSSLRequirements
            ErrorNoDestinationCASDueToVersionMismatch
            """),
        (Link, IsOpenedAnew | LeavesNothing | MeansNothing, "ErrorNonExistentMailbox ErrorFolderNotFound"),
        (Link, IsOpenedAnew, "ErrorSyncFolderNotFound"),
        (Link, IsOfTheItem, "ErrorAccessDenied"),

        (Integration, AsReached, """
            HTTP301 HTTP302 HTTP303 HTTP307 HTTP308 HTTP401 HTTP403 HTTP404 HTTP405 HTTP413 HTTP417
            ErrorImpersonationDenied ErrorCallerIsInvalidADAccount ErrorMissingEmailAddress
            ErrorInvalidServerVersion ErrorInvalidSchemaVersionForMailboxVersion
            """),
        (Integration, AsReached, $"{TransportFailure.TlsVersion} {TransportFailure.NoChallenge} {TransportFailure.ClosedDuringLogon}"),
        (Integration, RefusesThePassword, "ErrorPasswordExpired ErrorPasswordChangeRequired ErrorAccountDisabled"),

        (Bug, AsReached, """
            ErrorSchemaValidation ErrorInvalidRequest ErrorIncorrectSchemaVersion ErrorInvalidPropertySet ErrorInvalidPropertyRequest
            ErrorIncorrectUpdatePropertyCount ErrorUpdatePropertyMismatch ErrorDuplicateSOAPHeader ErrorMissingArgument
            ErrorInvalidOperation ErrorUnsupportedPathForQuery ErrorInvalidExtendedProperty ErrorMessageDispositionRequired
            ErrorSendMeetingInvitationsRequired ErrorSendMeetingInvitationsOrCancellationsRequired ErrorSendMeetingCancellationsRequired
            ErrorCannotCreateCalendarItemInNonCalendarFolder ErrorCalendarViewRangeTooBig ErrorInvalidExchangeImpersonationHeaderData
            """),
    ];

    private static readonly FrozenDictionary<string, (FailureReach Reach, Treatment Treatment)> Table = Rows
        .SelectMany(
            row => row.Signs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), (row, sign) => (sign, (row.Reach, row.Treatment)))
        .ToFrozenDictionary(pair => pair.sign, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>Every sign that has a row.</summary>
    public static IEnumerable<string> Signs => Table.Keys;

    /// <summary>How far it reaches; an unknown response code reaches one item.</summary>
    public static FailureReach Reach(string code) => Table.TryGetValue(code, out var row) ? row.Reach : Item;

    /// <summary>What is done besides, such as asking for half as much.</summary>
    public static bool Wants(string? code, Treatment treatment) =>
        code is not null && Table.TryGetValue(code, out var row) && (row.Treatment & treatment) != 0;

    /// <summary>What a response code means besides its reach.</summary>
    /// <param name="ofFolder">The call named the folder: only its answer tells that the calendar is gone.</param>
    public static FailureMeaning Meaning(string code, bool ofFolder)
    {
        var treatment = Table.TryGetValue(code, out var row) ? row.Treatment : AsReached;
        return treatment switch
        {
            _ when treatment.HasFlag(RefusesThePassword) => FailureMeaning.CredentialRefused,
            _ when treatment.HasFlag(LeavesNothing) && ofFolder => FailureMeaning.CalendarGone,
            _ when treatment.HasFlag(IsOpenedAnew) => FailureMeaning.CalendarUnknown,
            _ when treatment.HasFlag(IsHalved) => FailureMeaning.TooMuch,
            _ when treatment.HasFlag(PassesForItems) => FailureMeaning.MayBeOfItem,
            _ when treatment.HasFlag(IsOfItsZone) => FailureMeaning.ZoneUnknown,
            _ => FailureMeaning.AsReached,
        };
    }

    /// <summary>How far an HTTP status reaches, and whether the request may have been carried out all the same.</summary>
    public static (FailureReach Reach, bool MayBeStored) OfStatus(EwsHttpException http)
    {
        var sign = IsErrorPage(http.Location) ? "ErrorPage" : IsOfOneMailbox(http) ? "FrontEndCode" : $"HTTP{(int)http.Status}";
        return Table.TryGetValue(sign, out var row) ? (row.Reach, (row.Treatment & MayBeStored) != 0) : (Passing, true);
    }

    /// <summary>The server is Exchange, and its front end did not get through to this mailbox: it moves, or its database does.</summary>
    public static bool IsOfOneMailbox(EwsHttpException http) => IsErrorPage(http.Location) || (http.FrontEndCode is not null
        && http.Status is HttpStatusCode.NotFound or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.GatewayTimeout);

    /// <summary>Such as <c>/ews/genericerrorpage.htm</c> and <c>/owa/auth/errorFE.aspx</c>.</summary>
    private static bool IsErrorPage(Uri? location)
    {
        var path = location?.OriginalString.Split('?', '#')[0].TrimEnd('/') ?? "";
        return path[(path.LastIndexOf('/') + 1)..].Contains("error", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>How far a lost call reaches.</summary>
    public static FailureReach OfLost(EwsTransportException lost) =>
        Table[lost is { Failure: TransportFailure.ClosedDuringLogon, RequestMayHaveBeenProcessed: true } ? $"{lost.Failure}AfterSending"
            : $"{lost.Failure}"].Reach;

    /// <summary>
    /// Of an open stream: it says to wait or to come back, and nothing of the subscriptions. Every other code, unknown ones too, is their
    /// end.
    /// </summary>
    public static bool LeavesSubscriptions(string code) => Reach(code) is BackOff or Passing or Integration;
}
