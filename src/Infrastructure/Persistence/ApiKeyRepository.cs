using System.Data.Common;
using CleanSync.Domain;
using CleanSync.Domain.ApiKeys;
using Dapper;

namespace CleanSync.Infrastructure.Persistence;

internal sealed class ApiKeyRepository(Database database) : IApiKeyRepository
{
    public Task<ApiKey?> Find(Guid id, CancellationToken ct)
    {
        const string sql = "select * from api_keys where id = @id";
        return One(sql, new { id }, ct);
    }

    public Task<ApiKey?> FindByLookup(string lookup, CancellationToken ct)
    {
        const string sql = "select * from api_keys where lookup = @lookup";
        return One(sql, new { lookup }, ct);
    }

    public async Task<IReadOnlyList<ApiKey>> All(CancellationToken ct)
    {
        const string sql = "select * from api_keys order by created_at desc, id desc";
        await using var connection = await database.Read(ct);
        return [.. (await connection.QueryAsync<ApiKeyRow>(new CommandDefinition(sql, cancellationToken: ct))).Select(row => row.ToKey())];
    }

    public async Task<Result> Save(ApiKey key, CancellationToken ct)
    {
        const string insert = """
            insert into api_keys (id, lookup, hash, name, role, staff_id, created_at, expires_at, revoked_at, last_used_at, version)
            values (@Id, @Lookup, @Hash, @Name, @Role, @StaffId, @CreatedAt, @ExpiresAt, @RevokedAt, @LastUsedAt, 1)
            on conflict do nothing
            """;
        const string update = """
            update api_keys set name = @Name, expires_at = @ExpiresAt, revoked_at = @RevokedAt, version = version + 1
            where id = @Id and version = @Version
            """;
        var row = ApiKeyRow.Of(key);
        var saved = await database.Write(
            async transaction => await transaction.Execute(row.Version == 0 ? insert : update, row) == 1, ct);
        return saved ? Result.Done : new ChangedMeanwhile("The API key");
    }

    public Task NoteUse(Guid id, DateTimeOffset at, CancellationToken ct)
    {
        const string sql = "update api_keys set last_used_at = @at where id = @id and (last_used_at is null or last_used_at < @at)";
        return database.Note(async transaction => await transaction.Execute(sql, new { id, at }), ct);
    }

    private async Task<ApiKey?> One(string sql, object arguments, CancellationToken ct)
    {
        try
        {
            await using var connection = await database.Read(ct);
            return (await connection.QuerySingleOrDefaultAsync<ApiKeyRow>(new CommandDefinition(sql, arguments, cancellationToken: ct)))?
                .ToKey();
        }
        catch (DbException failure) when (database.FailureOf(failure) is { } known)
        {
            throw known;
        }
    }
}

/// <summary>A row of api_keys.</summary>
internal sealed record ApiKeyRow
{
    public Guid Id { get; init; }
    public string Lookup { get; init; } = "";
    public string Hash { get; init; } = "";
    public string Name { get; init; } = "";
    public string Role { get; init; } = "";
    public string? StaffId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public int Version { get; init; }

    public static ApiKeyRow Of(ApiKey key) => new()
    {
        Id = key.Id,
        Lookup = key.Lookup,
        Hash = Convert.ToHexStringLower(key.Hash),
        Name = key.Name,
        Role = key.Role.ToString(),
        StaffId = key.StaffId,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        RevokedAt = key.RevokedAt,
        LastUsedAt = key.LastUsedAt,
        Version = key.Version,
    };

    public ApiKey ToKey() => new()
    {
        Id = Id,
        Lookup = Lookup,
        Hash = Convert.FromHexString(Hash),
        Name = Name,
        Role = Enum.Parse<Role>(Role),
        StaffId = StaffId,
        CreatedAt = CreatedAt,
        ExpiresAt = ExpiresAt,
        RevokedAt = RevokedAt,
        LastUsedAt = LastUsedAt,
        Version = Version,
    };
}
