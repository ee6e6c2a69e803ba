using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Links;

internal sealed class ListSyncRunsHandler(Database database) : IRequestHandler<ListSyncRuns, Result<SyncRunList>>
{
    public async Task<Result<SyncRunList>> Handle(ListSyncRuns query, CancellationToken ct)
    {
        const string sql = """
            select id from staff_calendar_links where staff_id = @StaffId;

            select r.id, r.started_at, r.ended_at, r.changes, r.problem from staff_calendar_links l
            join sync_runs r on r.link_id = l.id
            where l.staff_id = @StaffId
            order by r.started_at desc, r.id desc limit 50;
            """;
        await using var connection = await database.Read(ct);
        await using var answers = await connection.QueryMultipleAsync(new CommandDefinition(sql, query, cancellationToken: ct));
        if (await answers.ReadSingleOrDefaultAsync<Guid?>() is null) return new StaffMemberIsNotLinked(query.StaffId);
        return new SyncRunList([.. (await answers.ReadAsync<Row>()).Select(r =>
            new SyncRunView(r.Id, r.StartedAt, Math.Round((r.EndedAt - r.StartedAt).TotalSeconds, 3), r.Changes, r.Problem))]);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public DateTimeOffset StartedAt { get; init; }
        public DateTimeOffset EndedAt { get; init; }
        public int Changes { get; init; }
        public string? Problem { get; init; }
    }
}
