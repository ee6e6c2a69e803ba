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

            select l.staff_id, l.staff_name, e.id, e.appointment_id,
                coalesce(a.title, case when i.show_event_titles = 1 and e.is_private = 0 then e.title end, 'Busy') as title, e.starts_at, e.ends_at, e.first_day is not null as is_all_day
            from synced_events e
            join staff_calendar_links l on l.id = e.link_id
            join exchange_integrations i on i.id = l.integration_id
            left join appointments a on a.id = e.appointment_id
            where l.integration_id = @IntegrationId and e.removal_hold is not null and e.removal_hold = 'Held'
            order by l.staff_name, l.staff_id, e.starts_at, e.id limit 1000;
            """;
        await using var connection = await database.Read(ct);
        using var answers = await connection.QueryMultipleAsync(new CommandDefinition(sql, query, cancellationToken: ct));
        if (await answers.ReadSingleOrDefaultAsync<Guid?>() is null) return new IntegrationNotFound(query.IntegrationId);
        var rows = await answers.ReadAsync<Row>();
        return rows.GroupBy(r => (r.StaffId, r.StaffName)).Select(g => new StaffHeldDeletions(
            g.Key.StaffId,
            g.Key.StaffName,
            [.. g.Select(r => new HeldDeletion(r.Id, r.AppointmentId, r.Title, r.StartsAt, r.EndsAt, r.IsAllDay))])).ToList();
    }

    private sealed record Row
    {
        public string StaffId { get; init; } = "";
        public string StaffName { get; init; } = "";
        public Guid Id { get; init; }
        public Guid? AppointmentId { get; init; }
        public string Title { get; init; } = "";
        public DateTimeOffset StartsAt { get; init; }
        public DateTimeOffset EndsAt { get; init; }
        public bool IsAllDay { get; init; }
    }
}
