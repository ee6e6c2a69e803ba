using CleanSync.Domain.ApiKeys;

namespace CleanSync.Application.ApiKeys;

public enum ApiKeyState
{
    Usable,
    Expired,
    Revoked,
}

/// <summary>An API key as admins see it. The key itself was shown once, when it was made.</summary>
/// <param name="Prefix">The beginning of the key, to recognise it by.</param>
/// <param name="StaffId">Whose calendar a key of the role Staff opens; null for the other roles.</param>
/// <param name="ExpiresAt">Null for a key without an end.</param>
/// <param name="LastUsedAt">Up to an hour older than the last call; null when it was never used.</param>
public sealed record ApiKeyView(
    Guid Id,
    string Name,
    string Prefix,
    Role Role,
    string? StaffId,
    ApiKeyState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt)
{
    public static ApiKeyView Of(ApiKey key, DateTimeOffset now) => new(
        key.Id, key.Name, key.Lookup, key.Role, key.StaffId,
        key.RevokedAt is not null ? ApiKeyState.Revoked : key.HasExpired(now) ? ApiKeyState.Expired : ApiKeyState.Usable,
        key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.LastUsedAt);
}
