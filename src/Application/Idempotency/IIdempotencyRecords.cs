namespace CleanSync.Application.Idempotency;

/// <param name="RequestMark">Fingerprint of the request body, so that the same key with another body is refused; empty when what it made
/// was erased.</param>
/// <param name="ResourceId">What the first request made.</param>
public sealed record IdempotencyRecord(string Key, string RequestMark, Guid ResourceId, DateTimeOffset At)
{
    public bool IsErased => RequestMark.Length == 0;
}

/// <summary>Finds what a create with an idempotency key made.</summary>
public interface IIdempotencyRecords
{
    Task<IdempotencyRecord?> Find(string key, CancellationToken ct);
}
