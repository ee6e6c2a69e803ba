using CleanSync.Application.Appointments;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Infrastructure.Persistence.Queries.Removals;

/// <summary>What a deletion in Exchange took away, with whether it can be brought back.</summary>
internal sealed record RemovalRow
{
    /// <summary>As many as a list shows.</summary>
    public const int Most = 200;

    /// <summary>A condition on the links follows, as "and ...", then <see cref="Latest"/>.</summary>
    public const string Select = """
        select r.id, l.staff_id, l.staff_name, r.appointment_id, r.removed_at, r.first_day is not null as is_all_day,
            a.title as appointment_title, r.title, r.is_private, i.show_event_titles,
            coalesce(a.starts_at, r.starts_at) as starts_at, coalesce(a.ends_at, r.ends_at) as ends_at,
            case
                when coalesce(a.ends_at, r.ends_at) <= @now then false
                when a.id is null and exists (select 1 from synced_events e where e.link_id = r.link_id and e.identity = r.identity) then false
                when a.id is null and exists (
                    select 1 from synced_events e where e.link_id = r.link_id and e.kind = 'External' and e.uid = r.uid
                        and e.original_start is not distinct from r.original_start
                        and e.first_day is not distinct from r.first_day and e.end_day is not distinct from r.end_day
                        and (r.first_day is not null or (e.starts_at = r.starts_at and e.ends_at = r.ends_at))) then false
                when a.status = 'Cancelled' or a.erased_at is not null then false
                when a.status = 'Booked' and exists (
                    select 1 from appointment_staff s where s.appointment_id = a.id and s.staff_id = l.staff_id) then false
                else true
            end as restorable
        from removed_events r
        join staff_calendar_links l on l.id = r.link_id
        join exchange_integrations i on i.id = l.integration_id
        left join appointments a on a.id = r.appointment_id
        where r.removed_at > @oldest
        """;

    public const string Latest = " order by r.removed_at desc, r.id desc limit @Most;";

    public Guid Id { get; init; }
    public string StaffId { get; init; } = "";
    public string StaffName { get; init; } = "";
    public Guid? AppointmentId { get; init; }
    public string? AppointmentTitle { get; init; }
    public string? Title { get; init; }
    public bool IsPrivate { get; init; }
    public bool ShowEventTitles { get; init; }
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public bool IsAllDay { get; init; }
    public DateTimeOffset RemovedAt { get; init; }
    public bool Restorable { get; init; }

    public RemovalView ToView() => new(
        Id,
        AppointmentId is null ? RemovalKind.ExchangeEvent : RemovalKind.Appointment,
        AppointmentId,
        AppointmentTitle ?? EventTitle.Shown(Title, ShowEventTitles, IsPrivate),
        StartsAt,
        EndsAt,
        IsAllDay,
        RemovedAt,
        Restorable);
}
