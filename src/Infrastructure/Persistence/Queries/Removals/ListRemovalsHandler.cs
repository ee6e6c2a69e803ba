using CleanSync.Application;
using CleanSync.Application.Appointments;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.Syncing;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Removals;

internal sealed class ListRemovalsHandler(Database database, ICautiousClock cautious) : IRequestHandler<ListRemovals, Result<RemovalList>>
{
    public async Task<Result<RemovalList>> Handle(ListRemovals query, CancellationToken ct)
    {
        const string sql = """
            select id from staff_calendar_links where staff_id = @StaffId;

            select r.id, r.appointment_id, r.removed_at, r.first_day is not null as is_all_day,
                coalesce(a.title, case when i.show_event_titles = 1 and r.is_private = 0 then r.title end, 'Busy') as title,
                coalesce(a.starts_at, r.starts_at) as starts_at, coalesce(a.ends_at, r.ends_at) as ends_at,
                case
                    when coalesce(a.ends_at, r.ends_at) <= @now then 0
                    when a.id is null and exists (select 1 from synced_events e where e.link_id = r.link_id and e.identity = r.identity) then 0
                    when a.id is null and exists (
                        select 1 from synced_events e where e.link_id = r.link_id and e.kind = 'External' and e.uid = r.uid
                            and e.original_start is not distinct from r.original_start and e.starts_at = r.starts_at and e.ends_at = r.ends_at) then 0
                    when a.status = 'Cancelled' then 0
                    when a.status = 'Booked' and exists (
                        select 1 from appointment_staff s where s.appointment_id = a.id and s.staff_id = @StaffId) then 0
                    else 1
                end as restorable
            from removed_events r
            join staff_calendar_links l on l.id = r.link_id
            join exchange_integrations i on i.id = l.integration_id
            left join appointments a on a.id = r.appointment_id
            where l.staff_id = @StaffId and r.removed_at > @oldest
            order by r.removed_at desc, r.id desc limit 200;
            """;
        var now = cautious.Earliest();
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        using var answers = await connection.QueryMultipleAsync(
            new CommandDefinition(
                sql, new { query.StaffId, now, oldest = now - RemovedEvent.KeptFor }, transaction, cancellationToken: ct));
        if (await answers.ReadSingleOrDefaultAsync<Guid?>() is null) return new StaffMemberIsNotLinked(query.StaffId);
        return new RemovalList([.. (await answers.ReadAsync<Row>()).Select(r => new RemovalView(
            r.Id, r.AppointmentId is null
                ? RemovalKind.ExchangeEvent
                : RemovalKind.Appointment, r.AppointmentId, r.Title, r.StartsAt, r.EndsAt, r.IsAllDay, r.RemovedAt, r.Restorable))]);
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public Guid? AppointmentId { get; init; }
        public string Title { get; init; } = "";
        public DateTimeOffset StartsAt { get; init; }
        public DateTimeOffset EndsAt { get; init; }
        public bool IsAllDay { get; init; }
        public DateTimeOffset RemovedAt { get; init; }
        public bool Restorable { get; init; }
    }
}
