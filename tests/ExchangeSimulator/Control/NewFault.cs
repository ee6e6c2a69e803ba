using CleanSync.ExchangeSimulator.Faults;

namespace CleanSync.ExchangeSimulator.Control;

/// <summary>The JSON of a planned fault.</summary>
internal sealed record NewFault(string Kind)
{
    public string? Operation { get; init; }
    public string? Mailbox { get; init; }
    public int? Times { get; init; }
    public int? After { get; init; }
    public int? Done { get; init; }
    public string? InnerCode { get; init; }
    public string? Code { get; init; }
    public int? BackOffMilliseconds { get; init; }
    public int? Status { get; init; }
    public string? RetryAfter { get; init; }
    public string? Location { get; init; }
    public string? CasErrorCode { get; init; }

    public Fault Fault() => Kind switch
    {
        "soapFault" => new Fault.Soap(Code ?? "ErrorServerBusy", BackOffMilliseconds),
        "response" => new Fault.Response(Code ?? "ErrorServerBusy", BackOffMilliseconds, InnerCode: InnerCode),
        "stopsBatch" => new Fault.StopsBatch(Done ?? 1, Code ?? "ErrorMailboxStoreUnavailable"),
        "http" => new Fault.Http(Status ?? 503) { RetryAfter = RetryAfter, Location = Location, CasErrorCode = CasErrorCode },
        "strayAnswer" => new Fault.StrayAnswer(),
        "abortBefore" => new Fault.AbortBeforeEffect(),
        "abortAfter" => new Fault.AbortAfterEffect(),
        "staleChangeKey" => new Fault.StaleChangeKey(),
        "invalidSyncState" => new Fault.InvalidSyncState(),
        _ => throw new ArgumentException("kind is soapFault, response, stopsBatch, http, strayAnswer, abortBefore, abortAfter, staleChangeKey "
            + "or invalidSyncState."),
    };
}
