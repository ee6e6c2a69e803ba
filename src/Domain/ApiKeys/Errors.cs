namespace CleanSync.Domain.ApiKeys;

public sealed record ApiKeyNotFound(Guid Id)
    : NotFound($"There is no API key {Id}. GET /api/v1/api-keys lists all.");
