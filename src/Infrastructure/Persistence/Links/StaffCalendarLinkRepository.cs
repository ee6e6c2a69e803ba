using CleanSync.Application.Traffic;
using CleanSync.Domain.StaffCalendarLinks;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Links;

internal sealed class StaffCalendarLinkRepository(Database database) : IStaffCalendarLinkRepository
{
    public async Task<StaffCalendarLink?> Find(Guid id, CancellationToken ct)
    {
        const string sql = "select * from staff_calendar_links where id = @id";
        return (await Links(sql, new { id }, ct)).SingleOrDefault();
    }

    public async Task<StaffCalendarLink?> FindByStaff(string staffId, CancellationToken ct)
    {
        const string sql = "select * from staff_calendar_links where staff_id = @staffId";
        return (await Links(sql, new { staffId }, ct)).SingleOrDefault();
    }

    public Task<IReadOnlyList<StaffCalendarLink>> OfIntegration(Guid integrationId, CancellationToken ct)
    {
        const string sql = "select * from staff_calendar_links where integration_id = @integrationId order by staff_name, id";
        return Links(sql, new { integrationId }, ct);
    }

    public Task<IReadOnlyList<StaffCalendarLink>> ToCalendar(string calendarId, CancellationToken ct)
    {
        const string sql = "select * from staff_calendar_links where calendar_id = @calendarId and calendar_checked = true order by id";
        return Links(sql, new { calendarId }, ct);
    }

    public Task<IReadOnlyList<StaffCalendarLink>> ToMailbox(string address, CancellationToken ct)
    {
        const string sql = """
            select * from staff_calendar_links
            where lower(mailbox_address) = @address and mailbox_address is not null order by id
            """;
        return Links(sql, new { address = StoredValues.Lower(address) }, ct);
    }

    public async Task<IReadOnlyList<StaffCalendarLink>> OfStaff(IReadOnlyCollection<string> staffIds, CancellationToken ct)
    {
        const string sql = "select * from staff_calendar_links where staff_id in @keys";
        await using var snapshot = await database.ReadSnapshot(ct);
        var rows = await snapshot.QueryEach<StaffCalendarLinkRow, string>(sql, staffIds, linkId: null, ct);
        return [.. rows.Select(row => row.ToLink())];
    }

    public Task<IReadOnlyList<DueLink>> Due(DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select l.id as link_id, l.integration_id from staff_calendar_links l
            join integration_states i on i.id = l.integration_id and i.runs = true
            where l.enabled = true and l.next_sync_at <= @now
                and not exists (select 1 from mailbox_leases m where m.link_id = l.id and m.held_until > @now)
                and not exists (
                    select 1 from exchange_pauses p
                    where p.integration_id = l.integration_id and p.mailbox in ('', lower(l.mailbox_address)) and p.not_before > @now and p.not_before <= @latest)
            order by l.next_sync_at
            """;
        return DueLinks(sql, now, ct);
    }

    public Task<IReadOnlyList<DueLink>> WithDuePushes(DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            select l.id as link_id, l.integration_id from synced_events e
            join staff_calendar_links l on l.id = e.link_id and (l.enabled = true or l.removes_copies = true)
            join integration_states i on i.id = l.integration_id and i.runs = true
            where e.next_push_at <= @now and e.kind in ('Copy', 'Stray')
                and not exists (select 1 from mailbox_leases m where m.link_id = l.id and m.held_until > @now)
                and (l.failures = 0 or l.next_sync_at is null or l.next_sync_at <= @now) and not exists (
                select 1 from exchange_pauses p
                where p.integration_id = l.integration_id and p.mailbox in ('', lower(l.mailbox_address)) and p.not_before > @now and p.not_before <= @latest)
            group by l.id, l.integration_id order by min(e.next_push_at)
            """;
        return DueLinks(sql, now, ct);
    }

    public async Task<IReadOnlyDictionary<Guid, Guid>> IntegrationsOf(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        const string sql = "select id as link_id, integration_id from staff_calendar_links where id in @keys";
        await using var snapshot = await database.ReadSnapshot(ct);
        return (await snapshot.QueryEach<DueLink, Guid>(sql, ids, linkId: null, ct)).ToDictionary(l => l.LinkId, l => l.IntegrationId);
    }

    private async Task<IReadOnlyList<StaffCalendarLink>> Links(string sql, object arguments, CancellationToken ct)
    {
        await using var connection = await database.Read(ct);
        var rows = await connection.QueryAsync<StaffCalendarLinkRow>(new CommandDefinition(sql, arguments, cancellationToken: ct));
        return [.. rows.Select(row => row.ToLink())];
    }

    private async Task<IReadOnlyList<DueLink>> DueLinks(string sql, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.Read(ct);
        return [.. await connection.QueryAsync<DueLink>(
            new CommandDefinition(sql, new { now, latest = now + TrafficPause.Longest }, cancellationToken: ct))];
    }
}
