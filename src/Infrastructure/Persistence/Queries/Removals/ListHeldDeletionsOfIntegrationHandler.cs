using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Removals;

internal sealed class ListHeldDeletionsOfIntegrationHandler(Database database)
    : IRequestHandler<ListHeldDeletionsOfIntegration, Result<IReadOnlyList<StaffHeldDeletions>>>
{
    public async Task<Result<IReadOnlyList<StaffHeldDeletions>>> Handle(ListHeldDeletionsOfIntegration query, CancellationToken ct)
    {
        const string sql = """
            select id from exchange_integrations where id = @IntegrationId;

            select l.staff_id, l.staff_name, e.id, e.appointment_id, a.title as appointment_title, e.title, e.is_private, i.show_event_titles,
                e.starts_at, e.ends_at, e.first_day is not null as is_all_day
            from synced_events e
            join staff_calendar_links l on l.id = e.link_id
            join exchange_integrations i on i.id = l.integration_id
            left join appointments a on a.id = e.appointment_id
            where l.integration_id = @IntegrationId and e.removal_hold is not null and e.removal_hold = 'Held'
            order by l.staff_name, l.staff_id, e.starts_at, e.id limit 1000;
            """;
        await using var connection = await database.Read(ct);
        await using var answers = await connection.QueryMultipleAsync(new CommandDefinition(sql, query, cancellationToken: ct));
        if (await answers.ReadSingleOrDefaultAsync<Guid?>() is null) return new IntegrationNotFound(query.IntegrationId);
        var rows = await answers.ReadAsync<HeldRow>();
        return rows.GroupBy(r => (r.StaffId, r.StaffName)).Select(g => new StaffHeldDeletions(
            g.Key.StaffId,
            g.Key.StaffName,
            [.. g.Select(r => r.ToView())])).ToList();
    }
}
