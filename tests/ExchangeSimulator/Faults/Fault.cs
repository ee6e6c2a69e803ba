namespace CleanSync.ExchangeSimulator.Faults;

/// <summary>One way for a call to go wrong.</summary>
public abstract record Fault
{
    private protected Fault()
    {
    }

    /// <summary>A SOAP fault with HTTP 500, before any effect.</summary>
    public sealed record Soap(
        string Code,
        int? BackOffMilliseconds = null,
        string Message = "The request was refused by a fault script.") : Fault;

    /// <summary>HTTP 200 in which every response message has that code, before any effect; an inner code stands in its details.</summary>
    public sealed record Response(
        string Code,
        int? BackOffMilliseconds = null,
        string Message = "The request was refused by a fault script.",
        string? InnerCode = null) : Fault;

    /// <summary>
    /// The first inputs of a batch are done, the next one fails with that code, and what follows is not attempted
    /// (ErrorBatchProcessingStopped).
    /// </summary>
    public sealed record StopsBatch(int Done, string Code = "ErrorMailboxStoreUnavailable") : Fault;

    /// <summary>A bare HTTP status with an HTML body, before any effect.</summary>
    public sealed record Http(
        int Status,
        string Html = "<html><body>Server Error in '/EWS' Application.</body></html>",
        string? RetryAfter = null,
        string? Location = null,
        string? CasErrorCode = null) : Fault;

    /// <summary>The request takes effect, and what comes back is the answer to another one: its client-request-id says so.</summary>
    public sealed record StrayAnswer : Fault;

    /// <summary>The connection breaks before anything happened.</summary>
    public sealed record AbortBeforeEffect : Fault;

    /// <summary>The request takes effect, then the connection breaks.</summary>
    public sealed record AbortAfterEffect : Fault;

    /// <summary>The request takes effect, the answer waits for the hold.</summary>
    public sealed record Withhold(Hold Hold) : Fault;

    /// <summary>An assistant touches the named items just before the call, so that their change keys are stale.</summary>
    public sealed record StaleChangeKey : Fault;

    /// <summary>The sync state is refused with ErrorInvalidSyncStateData.</summary>
    public sealed record InvalidSyncState : Fault;
}
