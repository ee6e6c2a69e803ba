using System.Collections.Frozen;
using CleanSync.Application.Syncing;

namespace CleanSync.Infrastructure.Exchange;

/// <summary>
/// How far each of Exchange's response codes reaches: one table (docs/exchange.md, "Retry matrix"). A code that it lacks fails its own item
/// and is tried again with growing pauses, because servers know several hundred and new ones appear.
/// </summary>
internal static class ResponseCodes
{
    private static readonly FrozenDictionary<string, FailureReach> Table = new Dictionary<FailureReach, string[]>
    {
        [FailureReach.BackOff] =
        [
            "ErrorServerBusy", "ErrorExceededConnectionCount", "ErrorTooManyObjectsOpened", "ErrorExceededSubscriptionCount",
        ],
        [FailureReach.Passing] =
        [
            "ErrorInternalServerTransientError", "ErrorInternalServerError", "ErrorTimeoutExpired", "ErrorExceededFindCountLimit",
            "ErrorConnectionFailed", "ErrorMailboxStoreUnavailable", "ErrorMailboxFailover", "ErrorMailboxMoveInProgress",
            "ErrorInsufficientResources", "ErrorNotEnoughMemory", "ErrorADUnavailable", "ErrorNoRespondingCASInDestinationSite",
            "ErrorClientDisconnected", "ErrorMailboxLogonFailed", "ErrorBatchProcessingStopped", "ErrorImpersonationFailed",
        ],
        [FailureReach.Resync] = ["ErrorInvalidSyncStateData"],
        [FailureReach.Writing] = ["ErrorQuotaExceeded"],
        [FailureReach.Link] =
        [
            "ErrorImpersonateUserDenied", "ErrorNonExistentMailbox", "ErrorInvalidSmtpAddress", "ErrorInvalidUserPrincipalName",
            "ErrorMailboxConfiguration", "ErrorAccessDenied", "ErrorFolderNotFound", "ErrorSyncFolderNotFound",
            "ErrorWrongServerVersion", "ErrorWrongServerVersionDelegate", "ErrorProxyRequestNotAllowed", "ErrorCrossSiteRequest",
            "ErrorCalendarFolderIsInvalidForCalendarView",
        ],
        [FailureReach.Integration] =
        [
            "ErrorPasswordExpired", "ErrorPasswordChangeRequired", "ErrorAccountDisabled", "ErrorImpersonationDenied",
            "ErrorCallerIsInvalidADAccount", "ErrorMissingEmailAddress", "ErrorInvalidServerVersion", "ErrorInvalidSchemaVersionForMailboxVersion",
        ],
        [FailureReach.Bug] =
        [
            "ErrorSchemaValidation", "ErrorInvalidRequest", "ErrorIncorrectSchemaVersion", "ErrorInvalidPropertySet", "ErrorInvalidPropertyRequest",
            "ErrorIncorrectUpdatePropertyCount", "ErrorUpdatePropertyMismatch", "ErrorDuplicateSOAPHeader", "ErrorMissingArgument",
            "ErrorInvalidOperation", "ErrorUnsupportedPathForQuery", "ErrorInvalidExtendedProperty", "ErrorMessageDispositionRequired",
            "ErrorSendMeetingInvitationsRequired", "ErrorSendMeetingInvitationsOrCancellationsRequired", "ErrorSendMeetingCancellationsRequired",
            "ErrorCannotCreateCalendarItemInNonCalendarFolder", "ErrorCalendarViewRangeTooBig", "ErrorInvalidExchangeImpersonationHeaderData",
        ],
    }.SelectMany(row => row.Value.Select(code => (code, row.Key))).ToFrozenDictionary(pair => pair.code, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The item was changed by somebody else since its change key was read; the write may have been stored all the same.</summary>
    public static bool IsConflict(string code) =>
        code is "ErrorIrresolvableConflict" or "ErrorStaleObject" or "ErrorChangeKeyRequiredForWriteOperations" or "ErrorChangeKeyRequired";

    /// <summary>The logon worked, but the password has to be changed: nothing goes on until it is.</summary>
    public static bool RefusesPassword(string code) => code is "ErrorPasswordExpired" or "ErrorPasswordChangeRequired";

    /// <summary>The server cannot give an item that it holds.</summary>
    public static bool IsOfABrokenItem(string? code) => code is "ErrorItemCorrupt" or "ErrorCorruptData" or "ErrorContentConversionFailed";

    /// <summary>Too many store objects are open: Exchange names no pause, and a short one does not help.</summary>
    public static bool WantsAMinute(string code) => code is "ErrorTooManyObjectsOpened";

    /// <summary>The subscription is over: subscribe anew, and read the calendar once.</summary>
    public static bool EndsSubscription(string code) => code is "ErrorSubscriptionNotFound" or "ErrorInvalidSubscription" or "ErrorSubscriptionUnsubscribed"
        or "ErrorMissedNotificationEvents" or "ErrorReadEventsFailed" or "ErrorInvalidWatermark";

    /// <summary>This calendar cannot be subscribed to: it is polled.</summary>
    public static bool ForbidsSubscription(string code) => code is "ErrorSubscriptionDelegateAccessNotSupported" or "ErrorSubscriptionAccessDenied";

    public static bool IsItemGone(string code) => code is "ErrorItemNotFound";

    /// <summary>The server gave up on a write that it may have stored.</summary>
    public static bool MayHaveBeenStored(string code) =>
        code is "ErrorTimeoutExpired" or "ErrorInternalServerError" or "ErrorInternalServerTransientError" or "ErrorClientDisconnected" or "ErrorMailboxFailover";

    /// <summary>Of an open stream: it says to wait or to come back, and nothing of the subscriptions.</summary>
    public static bool LeavesSubscriptions(string code) => Reach(code) is FailureReach.BackOff or FailureReach.Passing or FailureReach.Integration;

    public static FailureReach Reach(string code) => Table.GetValueOrDefault(code, FailureReach.Item);
}
