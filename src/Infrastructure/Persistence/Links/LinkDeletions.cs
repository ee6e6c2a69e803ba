using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Domain.StaffCalendarLinks;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Links;

internal sealed class LinkDeletions(Database database) : ILinkDeletions
{
    private const int AtOnce = 500;

    public async Task<IReadOnlyList<Guid>> Asked(CancellationToken ct)
    {
        const string sql = """
            select l.id from staff_calendar_links l join exchange_integrations i on i.id = l.integration_id and i.disconnecting_since is null
            where l.deletion_asked_at is not null
            order by l.deletion_asked_at
            """;
        await using var connection = await database.Read(ct);
        return [.. await connection.QueryAsync<Guid>(new CommandDefinition(sql, cancellationToken: ct))];
    }

    public Task<bool> Erase(StaffCalendarLink link, CancellationToken ct)
    {
        const string sql = "select 1 from staff_calendar_links where id = @Id and version = @Version and deletion_asked_at is not null";
        return database.Write(
            async transaction =>
            {
                if (!await transaction.LockForRemoval(sql, new { link.Id, link.Version })) return false;
                await Erase([link.Id], transaction);
                return true;
            },
            ct);
    }

    /// <summary>Links with everything that hangs on them, children before parents.</summary>
    public static async Task Erase(IReadOnlyCollection<Guid> links, DatabaseTransaction transaction)
    {
        const string sql = """
            delete from clean_up_items where link_id in @batch;
            delete from create_attempts where event_id in (select id from synced_events where link_id in @batch);
            delete from synced_events where link_id in @batch;
            delete from sync_conflicts where link_id in @batch;
            delete from link_warnings where link_id in @batch;
            delete from removals where link_id in @batch;
            delete from removed_events where link_id in @batch;
            delete from mailbox_leases where link_id in @batch;
            delete from link_notifications where link_id in @batch;
            delete from sync_runs where link_id in @batch;
            delete from staff_calendar_links where id in @batch;
            """;
        foreach (var batch in links.Chunk(AtOnce)) await transaction.Execute(sql, new { batch = new KeyList<Guid>(batch) });
    }
}
