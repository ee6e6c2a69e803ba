using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Links;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Integrations;

internal sealed class Disconnections(Database database, ExchangeTitles bytes) : IDisconnections
{
    public Task Begin(Guid integrationId, string displayName, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            insert into disconnections (integration_id, display_name, asked_at) values (@integrationId, @displayName, @now)
            on conflict (integration_id) do update set display_name = excluded.display_name, asked_at = excluded.asked_at
            """;
        return database.Write(
            async transaction => await transaction.Execute(sql, new { integrationId, displayName, now }) == 1, ct);
    }

    public async Task<IReadOnlyList<Guid>> Links(Guid integrationId, CancellationToken ct)
    {
        const string sql = """
            select id from staff_calendar_links where integration_id = @integrationId
            union
            select link_id from clean_up_items where integration_id = @integrationId
            """;
        await using var connection = await database.Read(ct);
        return [.. await connection.QueryAsync<Guid>(new CommandDefinition(sql, new { integrationId }, cancellationToken: ct))];
    }

    public Task<bool> Erase(Guid integrationId, bool leaves, DateTimeOffset now, CancellationToken ct) =>
        database.Write(
            async transaction => await Alone(integrationId, transaction)
                && await (leaves ? Leave(integrationId, now, transaction) : IsEmpty(integrationId, transaction))
                && await Erase(integrationId, now, transaction),
            ct);

    public async Task Purge(CancellationToken ct)
    {
        const string sql = "select integration_id from pending_purges where integration_id not in (select id from exchange_integrations)";
        IReadOnlyList<Guid> left;
        await using (var connection = await database.Read(ct)) left =
            [.. await connection.QueryAsync<Guid>(new CommandDefinition(sql, cancellationToken: ct))];
        foreach (var integrationId in left) await bytes.Forget(integrationId, ct);
    }

    /// <summary>The store's statement.</summary>
    public static async Task<bool> Leave(IReadOnlyCollection<Leftover> items, DatabaseTransaction transaction)
    {
        const string sql = """
            insert into leftovers (id, integration_id, link_id, mailbox_address, appointment_id, starts_at, code, reason, happened_at)
            values (@Id, @IntegrationId, @LinkId, @MailboxAddress, @AppointmentId, @StartsAt, @Code, @Reason, @At)
            on conflict do nothing
            """;
        var rows = items.Select(i => new
        {
            i.Id,
            i.IntegrationId,
            i.LinkId,
            i.MailboxAddress,
            i.AppointmentId,
            i.StartsAt,
            Code = i.Reason.MostExactCode,
            Reason = i.Reason.Text,
            i.At,
        });
        return await transaction.AffectsEach(sql, [.. rows]);
    }

    /// <summary>The store's statement.</summary>
    public static async Task<bool> Count(DetachedCalendar? calendar, DatabaseTransaction transaction)
    {
        const string sql = """
            insert into disconnected_staff (integration_id, link_id, staff_id, staff_name, mailbox_address, exchange_events, items)
            values (@IntegrationId, @LinkId, @StaffId, @StaffName, @MailboxAddress, @ExchangeEvents, @Items)
            on conflict (integration_id, link_id) do update set
                exchange_events = disconnected_staff.exchange_events + excluded.exchange_events, items = disconnected_staff.items + excluded.items
            """;
        return calendar is null || await transaction.Execute(sql, calendar) == 1;
    }

    /// <summary>Nobody adds anything to the integration, or to a link of it, before the transaction ends.</summary>
    private static async Task<bool> Alone(Guid integrationId, DatabaseTransaction transaction)
    {
        const string integration = "select 1 from exchange_integrations where id = @integrationId and disconnecting_since is not null";
        const string links = "select 1 from staff_calendar_links where integration_id = @integrationId order by id";
        if (!await transaction.LockForRemoval(integration, new { integrationId })) return false;
        await transaction.LockForRemoval(links, new { integrationId });
        return true;
    }

    private static async Task<bool> IsEmpty(Guid integrationId, DatabaseTransaction transaction)
    {
        const string sql = """
            select count(*) from (
                select f.id from clean_up_items f join staff_calendar_links l on l.id = f.link_id
                where f.integration_id = @integrationId or l.integration_id = @integrationId
                union all
                select e.id from synced_events e join staff_calendar_links l on l.id = e.link_id where l.integration_id = @integrationId) waiting
            """;
        return await transaction.ExecuteScalar<long>(sql, new { integrationId }) == 0;
    }

    /// <summary>Whatever waits and has, or may have, an item.</summary>
    private static async Task<bool> Leave(Guid integrationId, DateTimeOffset now, DatabaseTransaction transaction)
    {
        const string sql = """
            insert into leftovers (id, integration_id, link_id, mailbox_address, appointment_id, starts_at, code, reason, happened_at)
            select f.id, @integrationId, f.link_id, f.mailbox_address, f.appointment_id, f.starts_at, @Code, @Text, @now
            from clean_up_items f join staff_calendar_links l on l.id = f.link_id
            where (f.integration_id = @integrationId or l.integration_id = @integrationId) and (f.item_id is not null or f.attempt is not null)
            """;
        return await transaction.Execute(sql, new { integrationId, now, StayReason.NotCleanedUp.Code, StayReason.NotCleanedUp.Text }) >= 0;
    }

    /// <summary>Children before parents; the credentials go with the last row.</summary>
    private static async Task<bool> Erase(Guid integrationId, DateTimeOffset now, DatabaseTransaction transaction)
    {
        const string sql = """
            delete from clean_up_items where integration_id = @integrationId;
            delete from rechecks where integration_id = @integrationId;
            delete from exchange_pauses where integration_id = @integrationId;
            delete from exchange_traffic where integration_id = @integrationId;
            delete from call_slots where integration_id = @integrationId;
            delete from call_demands where integration_id = @integrationId;
            delete from logon_rescues where integration_id = @integrationId;
            insert into pending_purges (integration_id) values (@integrationId) on conflict do nothing;
            update disconnections set finished_at = @now where integration_id = @integrationId;
            """;
        const string links = "select id from staff_calendar_links where integration_id = @integrationId";
        const string last = "delete from exchange_integrations where id = @integrationId";
        await LinkDeletions.Erase([.. await transaction.Query<Guid>(links, new { integrationId })], transaction);
        await transaction.Execute(sql, new { integrationId, now });
        return await transaction.Execute(last, new { integrationId }) == 1;
    }
}
