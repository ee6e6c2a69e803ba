using CleanSync.Application.SyncedEvents;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

internal sealed class GetStaffEventHandler(Database database) : IRequestHandler<GetStaffEvent, Result<CalendarEntry>>
{
    public async Task<Result<CalendarEntry>> Handle(GetStaffEvent query, CancellationToken ct)
    {
        const string linkSql = """
            select l.id, i.show_event_titles
            from staff_calendar_links l join exchange_integrations i on i.id = l.integration_id
            where l.staff_id = @StaffId
            """;
        const string eventSql = """
            select id, title, starts_at, ends_at, time_zone, first_day, end_day, location, free_busy, is_private, my_response
            from synced_events
            where id = @EventId and link_id = @Id and kind = 'External'
            union all
            select id, null, starts_at, ends_at, time_zone, first_day, end_day, null, 'Busy', true, null
            from synced_events
            where id = @EventId and link_id = @Id and kind = 'Copy' and push_state = 'Withdrawing' and push_failure_code = 'item-is-private'
            """;
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        var link = await connection.QuerySingleOrDefaultAsync<LinkRow>(
            new CommandDefinition(linkSql, query, transaction, cancellationToken: ct));
        if (link is null) return new StaffMemberIsNotLinked(query.StaffId);
        var row = await connection.QuerySingleOrDefaultAsync<CalendarEntryRow>(
            new CommandDefinition(eventSql, new { query.EventId, link.Id }, transaction, cancellationToken: ct));
        return row is null ? new EventNotFound(query.EventId) : row.ToExchangeEvent(link.ShowEventTitles);
    }

    private sealed record LinkRow
    {
        public Guid Id { get; init; }
        public bool ShowEventTitles { get; init; }
    }
}
