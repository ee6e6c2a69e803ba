using static CleanSync.Infrastructure.Exchange.ResponseCodes.CodeWords;

namespace CleanSync.Infrastructure.Exchange.ResponseCodes;

/// <summary>Of a server that is busy, short of something, or on its way to another.</summary>
internal static class ServerCodes
{
    private const string Policy = "Nothing at first: CleanSync keeps the pause. "
        + "If it comes again and again, raise the throttling policy of the service account.";
    private const string Directory = "Look at the domain controllers that Exchange uses. CleanSync tries again by itself.";
    private const string Sites = "Check the EWS virtual directories of the mailbox's site. CleanSync tries again by itself.";

    public static IReadOnlyList<CodeWords> Rows { get; } =
    [
        new("ErrorServerBusy", "The server asks for a pause, as a rule because of a throttling policy.", Policy),
        new(
            "ErrorExceededConnectionCount", "There were more calls at once than the throttling policy allows.",
            "Nothing: CleanSync makes fewer calls at once and slowly more again."),
        new(
            "ErrorExceededSubscriptionCount", "The mailbox has as many subscriptions as the throttling policy allows.",
            "Nothing: the calendar is polled meanwhile."),
        new("ErrorTooManyObjectsOpened", "The mailbox store has too many objects open for this mailbox.", ItPasses),

        new("ErrorConnectionFailed", "The server lost the connection to the mailbox store.", ItPasses),
        new(
            "ErrorMailboxStoreUnavailable", "The mailbox database is offline or overloaded.",
            "Look whether the database is mounted. CleanSync tries again by itself."),
        new("ErrorMailboxFailover", "The mailbox database moves to another server of its group.", ItPasses),
        new("ErrorMailboxMoveInProgress", "The mailbox is being moved to another database.", ItPasses),
        new("ErrorMailboxLogonFailed", "Exchange could not log on to the mailbox in its own store.", ItPasses),
        new("ErrorInsufficientResources", "The server is short of memory or threads.", ItPasses),
        new("ErrorNotEnoughMemory", "The server is short of memory.", ItPasses),
        new("ErrorServiceUnavailable", "The service of Exchange that is asked is not running.", ItPasses),
        new("ErrorRequestAborted", "The server gave the request up.", ItPasses),
        new("ErrorADUnavailable", "Exchange cannot reach Active Directory.", Directory),
        new("ErrorADOperation", "Exchange failed while it asked Active Directory.", Directory),
        new("ErrorImpersonationFailed", "Exchange failed while it took on the mailbox owner's identity.", Directory),
        new("ErrorClientDisconnected", "The server saw the connection end before it had answered.", ItPasses),
        new("ErrorInternalServerTransientError", "The server met an error that passes.", ItPasses),
        new(
            "ErrorInternalServerError", "The server met an error of its own.",
            "Nothing at first. If it stays for one item, open that item in Outlook and save it."),
        new("ErrorTimeoutExpired", "The server took too long and stopped.", "Nothing: CleanSync asks for half as much."),
        new(
            "ErrorExceededFindCountLimit", "The throttling policy allows fewer results in one answer.",
            "Nothing: CleanSync asks for half as much."),
        new(
            "ErrorBatchProcessingStopped", "An earlier item of the same call failed, and this one was not tried.",
            "Nothing: it is asked for alone."),

        new("ErrorNoRespondingCASInDestinationSite", "No server of the mailbox's site answers.", Sites),
        new("ErrorServiceDiscoveryFailed", "Exchange did not find the server that has the mailbox.", Sites),
        new("ErrorProxyServiceDiscoveryFailed", "Exchange did not find the server that has the mailbox.", Sites),
        new("ErrorProxyCallFailed", "Exchange passed the call on, and the server that has the mailbox did not take it.", Sites),
        new("ErrorProxyRequestProcessingFailed", "Exchange passed the call on, and the server that has the mailbox failed.", Sites),
        new("ErrorProxySoapException", "Exchange passed the call on, and the answer of the other server was a fault.", Sites),
        new("ErrorProxyTokenExpired", "Exchange passed the call on too slowly, so that its own token had expired.", ItPasses),
    ];
}
