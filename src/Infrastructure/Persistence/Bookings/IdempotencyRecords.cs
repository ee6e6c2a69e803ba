using CleanSync.Application.Idempotency;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Bookings;

internal sealed class IdempotencyRecords(Database database) : IIdempotencyRecords
{
    public async Task<IdempotencyRecord?> Find(string key, CancellationToken ct)
    {
        const string sql = "select request_mark, resource_id, happened_at from idempotency_records where idempotency_key = @key";
        await using var connection = await database.Read(ct);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { key }, cancellationToken: ct));
        return row is null ? null : new IdempotencyRecord(key, row.RequestMark, row.ResourceId, row.HappenedAt);
    }

    private sealed record Row
    {
        public string RequestMark { get; init; } = "";
        public Guid ResourceId { get; init; }
        public DateTimeOffset HappenedAt { get; init; }
    }
}
