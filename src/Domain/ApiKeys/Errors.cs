namespace CleanSync.Domain.ApiKeys;

public sealed record ApiKeyNotFound(Guid Id)
    : NotFound($"There is no API key {Id}.");
