using System.Security.Cryptography;

namespace CleanSync.Domain.ApiKeys;

/// <summary>
/// A credential that an admin gave out: who may call, as what, and until when. The key itself is not in it, only its hash.
/// </summary>
public sealed record ApiKey
{
    public required Guid Id { get; init; }

    /// <summary>The beginning of the key, by which it is found.</summary>
    public required string Lookup { get; init; }

    /// <summary>SHA-256 of the key.</summary>
    public required byte[] Hash { get; init; }

    public required string Name { get; init; }

    public required Role Role { get; init; }

    /// <summary>Whose calendar a key of the role staff opens; null for the other roles.</summary>
    public string? StaffId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it is refused; null for a key without an end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Up to an hour older than the last call: a call is not worth a write.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public int Version { get; init; }

    /// <summary>Takes the same time wherever the two differ.</summary>
    public bool Fits(KeyText presented) => CryptographicOperations.FixedTimeEquals(Hash, presented.Hash);

    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;

    public bool IsUsable(DateTimeOffset now) => RevokedAt is null && !HasExpired(now);

    /// <summary>For good; revoking again changes nothing.</summary>
    public ApiKey Revoked(DateTimeOffset now) => RevokedAt is null ? this with { RevokedAt = now } : this;

    /// <summary>Whether a use now is worth storing.</summary>
    public bool IsUseToNote(DateTimeOffset now) => LastUsedAt is not { } last || now - last >= TimeSpan.FromHours(1);
}
