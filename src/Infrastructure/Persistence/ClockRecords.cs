using Dapper;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>What the clock said when it was last looked at, over restarts.</summary>
internal sealed class ClockRecords(Database database)
{
    /// <summary>Null before the first look.</summary>
    public async Task<ClockReading?> Find(CancellationToken ct)
    {
        const string sql = "select seen_at, jumped_at, jumped_by_seconds from clock_readings where id = 1";
        await using var connection = await database.Read(ct);
        return await connection.QuerySingleOrDefaultAsync<ClockReading>(new CommandDefinition(sql, cancellationToken: ct));
    }

    public Task Save(ClockReading reading, CancellationToken ct)
    {
        const string sql = """
            insert into clock_readings (id, seen_at, jumped_at, jumped_by_seconds) values (1, @SeenAt, @JumpedAt, @JumpedBySeconds)
            on conflict (id) do update set
                seen_at = excluded.seen_at, jumped_at = excluded.jumped_at, jumped_by_seconds = excluded.jumped_by_seconds
            """;
        return database.Write(async transaction => await transaction.Execute(sql, reading) == 1, ct);
    }
}

internal sealed record ClockReading
{
    public DateTimeOffset SeenAt { get; init; }
    public DateTimeOffset? JumpedAt { get; init; }

    /// <summary>By how much the clock is ahead of what it would be without its jumps of the last day.</summary>
    public double JumpedBySeconds { get; init; }
}
