namespace CleanSync.Domain.ApiKeys;

public interface IApiKeyRepository
{
    Task<ApiKey?> Find(Guid id, CancellationToken ct);

    /// <summary>By the beginning of the key; the caller still has to compare the rest.</summary>
    Task<ApiKey?> FindByLookup(string lookup, CancellationToken ct);

    /// <summary>Every key that was ever made, the newest first.</summary>
    Task<IReadOnlyList<ApiKey>> All(CancellationToken ct);

    /// <summary>
    /// Inserts version 0, updates any other; refuses with <see cref="ChangedMeanwhile"/> when the stored version differs.
    /// </summary>
    Task<Result> Save(ApiKey key, CancellationToken ct);

    /// <summary>Stores that it was used, without making a new version.</summary>
    Task NoteUse(Guid id, DateTimeOffset at, CancellationToken ct);
}
