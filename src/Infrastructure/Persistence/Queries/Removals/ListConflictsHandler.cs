using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Removals;

internal sealed class ListConflictsHandler(Database database) : IRequestHandler<ListConflicts, Result<ConflictList>>
{
    public async Task<Result<ConflictList>> Handle(ListConflicts query, CancellationToken ct)
    {
        const string sql = """
            select id from staff_calendar_links where staff_id = @StaffId;

            select c.appointment_id, c.happened_at as at, c.kept_starts_at as kept_start, c.kept_ends_at as kept_end,
                c.lost_starts_at as lost_start, c.lost_ends_at as lost_end
            from sync_conflicts c join staff_calendar_links l on l.id = c.link_id
            where l.staff_id = @StaffId
            order by c.happened_at desc, c.id desc limit 100;
            """;
        await using var connection = await database.Read(ct);
        await using var answers = await connection.QueryMultipleAsync(new CommandDefinition(sql, query, cancellationToken: ct));
        if (await answers.ReadSingleOrDefaultAsync<Guid?>() is null) return new StaffMemberIsNotLinked(query.StaffId);
        return new ConflictList([.. (await answers.ReadAsync<Row>())
            .Select(r => new ConflictView(r.AppointmentId, r.At, r.KeptStart, r.KeptEnd, r.LostStart, r.LostEnd))]);
    }

    private sealed record Row
    {
        public Guid AppointmentId { get; init; }
        public DateTimeOffset At { get; init; }
        public DateTimeOffset KeptStart { get; init; }
        public DateTimeOffset KeptEnd { get; init; }
        public DateTimeOffset LostStart { get; init; }
        public DateTimeOffset LostEnd { get; init; }
    }
}
