using CleanSync.Infrastructure.Persistence.Erasing;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Events;

/// <summary>Takes titles that may no longer be shown out of the rows, and out of the bytes of the database file.</summary>
internal sealed class ExchangeTitles(Database database, IDeletedBytes bytes)
{
    public async Task Forget(Guid integrationId, CancellationToken ct)
    {
        await database.Write(transaction => Clear(transaction, integrationId), ct);
        await bytes.Purge(ct);
        await database.Execute("delete from pending_purges where integration_id = @integrationId", new { integrationId }, ct);
    }

    /// <summary>A process that ended between hiding the titles and forgetting them left them behind: they go now.</summary>
    public async Task ForgetHidden(CancellationToken ct)
    {
        const string sql = """
            select i.id from exchange_integrations i
            where i.show_event_titles = false and exists (
                select 1 from synced_events e
                join staff_calendar_links l on l.id = e.link_id
                where l.integration_id = i.id and e.kind <> 'Copy' and (e.title is not null or e.location is not null))
            union
            select i.id from exchange_integrations i
            where i.show_event_titles = false and exists (
                select 1 from removed_events r
                join staff_calendar_links l on l.id = r.link_id
                where l.integration_id = i.id and (r.title is not null or r.location is not null))
            union
            select integration_id from pending_purges
            """;
        IReadOnlyList<Guid> left;
        await using (var connection = await database.Read(ct))
            left = [.. await connection.QueryAsync<Guid>(new CommandDefinition(sql, cancellationToken: ct))];
        foreach (var integrationId in left) await Forget(integrationId, ct);
    }

    private static async Task<bool> Clear(DatabaseTransaction transaction, Guid integrationId)
    {
        const string mark = "insert into pending_purges (integration_id) values (@integrationId) on conflict do nothing";
        const string sql = """
            update synced_events set title = null, location = null, version = version + 1
            where kind <> 'Copy' and (title is not null or location is not null)
                and link_id in (select id from staff_calendar_links where integration_id = @integrationId)
            """;
        const string undo = """
            update removed_events set title = null, location = null
            where (title is not null or location is not null)
                and link_id in (select id from staff_calendar_links where integration_id = @integrationId)
            """;
        await transaction.Execute(mark, new { integrationId });
        await transaction.Execute(sql, new { integrationId });
        await transaction.Execute(undo, new { integrationId });
        return true;
    }
}
