using System.Data.Common;
using CleanSync.Application.SyncedEvents;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using CleanSync.Infrastructure.Persistence.Queries.Links;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

internal sealed class GetStaffCalendarHandler(
    Database database, NotificationBoard board, TimeProvider time)
    : IRequestHandler<GetStaffCalendar, Result<StaffCalendarView>>
{
    public async Task<Result<StaffCalendarView>> Handle(GetStaffCalendar query, CancellationToken ct)
    {
        const string sql = """
            select l.id, l.time_zone, l.last_synced_at, l.window_end, l.account_group, l.health_problem, i.status as integration_status,
                i.show_event_titles
            from staff_calendar_links l join integration_states i on i.id = l.integration_id
            where l.staff_id = @StaffId
            """;
        // One snapshot: an appointment moved between two answers would show twice, or not at all.
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        var link = await connection.QuerySingleOrDefaultAsync<LinkRow>(
            new CommandDefinition(sql, query, transaction, cancellationToken: ct));
        if (link is null) return new StaffMemberIsNotLinked(query.StaffId);

        var appointments = await Appointments(transaction, link, query, ct);
        var events = await ExchangeEvents(transaction, link, query, ct);
        var now = time.GetUtcNow();
        var (asOf, standing) = (board.AsOf(link.Id, link.LastSyncedAt, now), link.Standing(query.StaffId));
        return new StaffCalendarView(
            query.StaffId,
            link.TimeZone,
            asOf,
            Lag.Seconds(asOf, now),
            link.WindowEnd,
            standing.State,
            standing.Reason?.Code,
            [.. appointments.Concat(events).OrderBy(e => e.Start).ThenBy(e => e.End).ThenBy(e => e.Id)]);
    }

    private static async Task<IEnumerable<CalendarEntry>> Appointments(
        DbTransaction transaction,
        LinkRow link,
        GetStaffCalendar query,
        CancellationToken ct)
    {
        // Of several copies for one appointment the one that still lives counts, then the newest.
        const string sql = """
            select a.id, a.title, a.starts_at, a.ends_at, a.time_zone, a.first_day, a.end_day, a.location,
                c.push_state, c.differs, c.became_series
            from appointment_staff s join appointments a on a.id = s.appointment_id
            left join synced_events c on c.id = (
                select e.id from synced_events e
                where e.appointment_id = a.id and e.link_id = @LinkId and e.kind = 'Copy'
                order by case e.push_state when 'Gone' then 1 else 0 end, e.id desc limit 1)
            where s.staff_id = @StaffId and s.ends_at > @From and s.starts_at < @To and a.status = 'Booked'
            """;
        var arguments = new { query.StaffId, query.From, query.To, LinkId = link.Id };
        var rows = await transaction.Connection!.QueryAsync<CalendarEntryRow>(
            new CommandDefinition(sql, arguments, transaction, cancellationToken: ct));
        return rows.Select(row => row.ToAppointment());
    }

    private static async Task<IEnumerable<CalendarEntry>> ExchangeEvents(
        DbTransaction transaction,
        LinkRow link,
        GetStaffCalendar query,
        CancellationToken ct)
    {
        // What its owner made private cannot be proved ours, and stays in Outlook: it goes on blocking after the appointment is gone.
        const string sql = """
            select id, title, starts_at, ends_at, time_zone, first_day, end_day, location, free_busy, is_private, my_response
            from synced_events
            where link_id = @LinkId and kind = 'External' and starts_at < @To and ends_at > @From
            union all
            select e.id, null, e.starts_at, e.ends_at, e.time_zone, e.first_day, e.end_day, null, 'Busy', true, null
            from synced_events e
            where e.link_id = @LinkId and e.next_push_at is not null and e.kind = 'Copy' and e.push_state = 'Withdrawing'
                and e.push_failure_code = 'item-is-private' and e.starts_at < @To and e.ends_at > @From
                and not exists (
                    select 1 from appointments a join appointment_staff s on s.appointment_id = a.id
                    where a.id = e.appointment_id and a.status = 'Booked' and s.staff_id = @StaffId)
            """;
        var arguments = new { query.From, query.To, query.StaffId, LinkId = link.Id };
        var rows = await transaction.Connection!.QueryAsync<CalendarEntryRow>(
            new CommandDefinition(sql, arguments, transaction, cancellationToken: ct));
        return rows.Select(row => row.ToExchangeEvent(link.ShowEventTitles));
    }

    private sealed record LinkRow
    {
        public Guid Id { get; init; }
        public string TimeZone { get; init; } = "";
        public DateTimeOffset? LastSyncedAt { get; init; }
        public DateTimeOffset? WindowEnd { get; init; }
        public int AccountGroup { get; init; }
        public string? HealthProblem { get; init; }
        public string IntegrationStatus { get; init; } = "";
        public bool ShowEventTitles { get; init; }

        public AccountStanding Standing(string staffId) => AccountStanding.Of(
            staffId,
            (AccountState)AccountGroup,
            new LinkHealth(LinkState.Waiting, HealthProblem is { } problem ? new Reason(problem, problem) : null),
            Enum.Parse<IntegrationStatus>(IntegrationStatus), null);
    }
}
