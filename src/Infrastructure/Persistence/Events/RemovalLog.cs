using CleanSync.Domain.Syncing;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Events;

internal sealed class RemovalLog(Database database) : IRemovalLog
{
    public async Task<RemovalCount> Count(Guid linkId, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select
                (select count(distinct unit) from removals where link_id = @linkId and happened_at >= @since and happened_at <= @now) as Removed,
                (select count(distinct case when kind = 'Copy' then cast(appointment_id as text)
                        when original_start is not null and uid is not null then 'series:' || uid else identity end)
                    from synced_events
                    where link_id = @linkId and ends_at > @now
                        and (kind = 'External' or (kind = 'Copy' and push_state not in ('Withdrawing', 'Gone')))) as Present
            """;
        await using var connection = await database.Read(ct);
        var (removed, present) = await connection.QuerySingleAsync<(int, int)>(
            new CommandDefinition(sql, new { linkId, since, now }, cancellationToken: ct));
        return new RemovalCount(removed, present);
    }
}
