using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Removals;

internal sealed class ListHeldDeletionsHandler(Database database) : IRequestHandler<ListHeldDeletions, Result<HeldDeletionList>>
{
    public async Task<Result<HeldDeletionList>> Handle(ListHeldDeletions query, CancellationToken ct)
    {
        const string sql = """
            select id from staff_calendar_links where staff_id = @StaffId;

            select e.id, e.appointment_id, a.title as appointment_title, e.title, e.is_private, i.show_event_titles,
                e.starts_at, e.ends_at, e.first_day is not null as is_all_day
            from synced_events e
            join staff_calendar_links l on l.id = e.link_id
            join exchange_integrations i on i.id = l.integration_id
            left join appointments a on a.id = e.appointment_id
            where l.staff_id = @StaffId and e.removal_hold = 'Held'
            order by e.starts_at, e.id;
            """;
        await using var connection = await database.Read(ct);
        await using var answers = await connection.QueryMultipleAsync(new CommandDefinition(sql, query, cancellationToken: ct));
        if (await answers.ReadSingleOrDefaultAsync<Guid?>() is null) return new StaffMemberIsNotLinked(query.StaffId);
        return new HeldDeletionList([.. (await answers.ReadAsync<HeldRow>())
            .Select(r => r.ToView())]);
    }
}
