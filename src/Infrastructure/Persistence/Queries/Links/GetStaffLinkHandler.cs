using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries.Links;

internal sealed class GetStaffLinkHandler(
    Database database,
    NotificationBoard board,
    TimeProvider time) : IRequestHandler<GetStaffLink, Result<StaffLinkView>>
{
    public async Task<Result<StaffLinkView>> Handle(GetStaffLink query, CancellationToken ct)
    {
        const string sql = """
            select l.*, i.status as integration_status, i.status_reason,
                p.not_before as paused_until, p.asked_at as pause_asked_at, p.reason as pause_reason, l.sync_cursor is not null as first_sync_done,
                (select count(*) from synced_events e
                 where e.link_id = l.id and e.next_push_at is not null and e.kind = 'Copy'
                    and e.push_state in ('Queued', 'Failed', 'Withdrawing')) as pending_pushes,
                (select count(*) from synced_events e where e.link_id = l.id and e.kind = 'External') as external_events,
                (select count(*) from synced_events e
                 where e.link_id = l.id and e.removal_hold is not null and e.removal_hold = 'Held') as held_deletions,
                (select count(*) from clean_up_items f where f.link_id = l.id) as clean_up_items
            from staff_calendar_links l join integration_states i on i.id = l.integration_id
            left join exchange_pauses p on p.integration_id = l.integration_id and p.mailbox = '' where l.staff_id = @StaffId;

            select w.link_id, w.code, w.reason, w.happened_at from link_warnings w
            join staff_calendar_links l on l.id = w.link_id
            where l.staff_id = @StaffId
            order by w.happened_at desc, w.id desc limit 20;
            """;
        await using var snapshot = await database.ReadSnapshot(ct);
        var (connection, transaction) = snapshot;
        await using var answers = await connection.QueryMultipleAsync(
            new CommandDefinition(sql, query, transaction, cancellationToken: ct));
        var row = await answers.ReadSingleOrDefaultAsync<StaffLinkViewRow>();
        if (row is null) return new StaffMemberIsNotLinked(query.StaffId);
        return row.ToView(await answers.ReadAsync<LinkWarningRow>(), board, time.GetUtcNow());
    }
}
