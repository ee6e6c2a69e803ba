using CleanSync.Application.Erasures;
using CleanSync.Domain;
using CleanSync.Domain.Erasures;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

internal sealed class GetErasureHandler(Database database) : IRequestHandler<GetErasure, Result<ErasureView>>
{
    public async Task<Result<ErasureView>> Handle(GetErasure query, CancellationToken ct)
    {
        const string sql = ErasureRow.Select + " where e.id = @Id";
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        var asked = new CommandDefinition(sql, query, transaction, cancellationToken: ct);
        var row = await connection.QuerySingleOrDefaultAsync<ErasureRow>(asked);
        if (row is null) return new ErasureNotFound(query.Id);
        if (query.CountsOnly) return row.ToView([], []) with { StaffId = null, Summary = "", OutOfReach = [] };

        const string waiting = """
            select a.appointment_id, null as staff_id, p.starts_at, coalesce(a.waits_for, 'push-waits') as code
            from erasure_appointments a left join appointments p on p.id = a.appointment_id
            where a.erasure_id = @Id and a.state = 'Waiting' and a.waits_for is not null
            union all
            select i.appointment_id, i.staff_id, i.starts_at,
                case
                    when l.enabled = false then 'link-is-disabled'
                    when g.runs = false then 'integration-is-not-active'
                    else coalesce(s.push_failure_server_code, s.push_failure_code, 'push-waits') end
            from erasure_items i
            left join synced_events s on s.id = i.id
            left join staff_calendar_links l on l.id = s.link_id
            left join integration_states g on g.id = l.integration_id
            where i.erasure_id = @Id and i.state = 'Waiting'
            limit 1000
            """;
        const string left = """
            select appointment_id, staff_id, starts_at, code from erasure_items
            where erasure_id = @Id and state = 'Left' order by starts_at nulls first, id limit 1000
            """;
        var waits = await connection.QueryAsync<ObstacleRow>(new CommandDefinition(waiting, query, transaction, cancellationToken: ct));
        var stays = await connection.QueryAsync<ObstacleRow>(new CommandDefinition(left, query, transaction, cancellationToken: ct));
        return row.ToView([.. waits.Select(r => r.ToObstacle())], [.. stays.Select(r => r.ToObstacle())]);
    }

    private sealed record ObstacleRow
    {
        public Guid? AppointmentId { get; init; }
        public string? StaffId { get; init; }
        public DateTimeOffset? StartsAt { get; init; }
        public string Code { get; init; } = "";

        public ErasureObstacle ToObstacle() => new(AppointmentId, StaffId, StartsAt, Code, Obstacle.Words(Code));
    }
}

internal sealed class ListErasuresHandler(Database database) : IRequestHandler<ListErasures, IReadOnlyList<ErasureView>>
{
    public async Task<IReadOnlyList<ErasureView>> Handle(ListErasures query, CancellationToken ct)
    {
        const string sql = ErasureRow.Select + " order by e.asked_at desc, e.id desc limit 200";
        await using var connection = await database.Read(ct);
        var rows = await connection.QueryAsync<ErasureRow>(new CommandDefinition(sql, cancellationToken: ct));
        return [.. rows.Select(row => row.ToView([], []))];
    }
}
