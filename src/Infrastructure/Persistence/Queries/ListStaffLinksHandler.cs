using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.StaffCalendarLinks;
using Dapper;
using MediatR;

namespace CleanSync.Infrastructure.Persistence.Queries;

internal sealed class ListStaffLinksHandler(Database database, NotificationBoard board, TimeProvider time) : IRequestHandler<ListStaffLinks, StaffLinkList>
{
    public async Task<StaffLinkList> Handle(ListStaffLinks query, CancellationToken ct)
    {
        const string sql = """
            select l.*, l.sync_cursor is not null as first_sync_done,
                coalesce(p.pending, 0) as pending_pushes, coalesce(x.events, 0) as external_events,
                coalesce(h.held, 0) as held_deletions, coalesce(f.copies, 0) as former_copies
            from staff_calendar_links l
            left join (
                select link_id, count(*) as pending from synced_events
                where next_push_at is not null and kind = 'Copy' and push_state in ('Queued', 'Failed', 'Withdrawing')
                group by link_id) p on p.link_id = l.id
            left join (
                select link_id, count(*) as events from synced_events where kind = 'External' group by link_id) x on x.link_id = l.id
            left join (
                select link_id, count(*) as held from synced_events where removal_hold = 'Held' and removal_hold is not null group by link_id) h on h.link_id = l.id
            left join (
                select link_id, count(*) as copies from former_copies group by link_id) f on f.link_id = l.id
            where @IntegrationId is null or l.integration_id = @IntegrationId
            order by
                case l.health_state when 'Error' then 0 when 'Warning' then 1 when 'Waiting' then 2 else 3 end,
                l.staff_name, l.staff_id;

            select link_id, code, reason, happened_at from (
                select w.*, row_number() over (partition by w.link_id order by w.happened_at desc, w.id desc) as age
                from link_warnings w join staff_calendar_links l on l.id = w.link_id
                where @IntegrationId is null or l.integration_id = @IntegrationId) latest
            where age <= 20
            order by link_id, age;
            """;
        using var connection = await database.Read(ct);
        using var transaction = connection.BeginTransaction(deferred: true);
        using var answers = await connection.QueryMultipleAsync(new CommandDefinition(sql, query, transaction, cancellationToken: ct));
        var rows = (await answers.ReadAsync<StaffLinkViewRow>()).AsList();
        var warnings = (await answers.ReadAsync<LinkWarningRow>()).ToLookup(w => w.LinkId);
        var now = time.GetUtcNow();
        StaffLinkView[] views = [.. rows.Select(row => row.ToView(warnings[row.Id], board.Of(row.Id), now))];
        return new StaffLinkList(
            views.Count(v => v.State is LinkState.Syncing),
            views.Count(v => v.State is LinkState.Warning),
            views.Count(v => v.State is LinkState.Error),
            views.Count(v => v.State is LinkState.Waiting),
            views);
    }
}
