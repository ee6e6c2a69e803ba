using System.Text.Json;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Events;

internal sealed class SyncedEventRepository(Database database, ExchangeTitles titles) : ISyncedEventRepository
{
    public async Task<SyncedEvent?> Find(Guid id, CancellationToken ct)
    {
        const string sql = "select * from synced_events where id = @id";
        return (await Events(sql, new { id }, ct)).SingleOrDefault();
    }

    public Task<IReadOnlyList<SyncedEvent>> OfLink(Guid linkId, CancellationToken ct)
    {
        const string sql = "select * from synced_events where link_id = @linkId";
        return Events(sql, new { linkId }, ct);
    }

    public async Task<IReadOnlyList<SyncedEvent>> Named(
        Guid linkId,
        IReadOnlyCollection<string> itemIds,
        IReadOnlyCollection<string> identities,
        IReadOnlyCollection<Guid> ids,
        CancellationToken ct)
    {
        const string sql = """
            select * from synced_events where id in (
                select id from synced_events where link_id = @linkId and item_id in (select value from json_each(@itemIds))
                union
                select id from synced_events where link_id = @linkId and identity in (select value from json_each(@identities))
                union
                select value from json_each(@ids))
            """;
        var arguments = new
        {
            linkId,
            itemIds = JsonSerializer.Serialize(itemIds),
            identities = JsonSerializer.Serialize(identities),
            ids = JsonSerializer.Serialize(ids.Select(StoredText.Of)),
        };

        // An own id may name another link's row. Asked in SQL, that would lead SQLite to read the whole link.
        return [.. (await Events(sql, arguments, ct)).Where(e => e.LinkId == linkId)];
    }

    public async Task<IReadOnlyList<SyncedEvent>> WithUids(Guid linkId, IReadOnlyCollection<string> uids, CancellationToken ct)
    {
        const string sql = """
            select * from synced_events
            where link_id = @linkId and kind = 'External' and uid in (select value from json_each(@uids))
            """;
        return uids.Count == 0 ? [] : await Events(sql, new { linkId, uids = JsonSerializer.Serialize(uids) }, ct);
    }

    public Task<IReadOnlyList<SyncedEvent>> Unsettled(Guid linkId, CancellationToken ct)
    {
        const string sql = "select * from synced_events where link_id = @linkId and (removal_staged = 1 or push_state = 'Written')";
        return Events(sql, new { linkId }, ct);
    }

    public Task<IReadOnlyList<SyncedEvent>> CopiesOf(IReadOnlyCollection<Guid> appointmentIds, CancellationToken ct)
    {
        const string sql = """
            select * from synced_events
            where appointment_id in (select value from json_each(@ids)) and kind = 'Copy'
            """;
        return Events(sql, new { ids = JsonSerializer.Serialize(appointmentIds.Select(StoredText.Of)) }, ct);
    }

    public Task<IReadOnlyList<SyncedEvent>> DuePushes(Guid linkId, DateTimeOffset now, int max, CancellationToken ct)
    {
        const string sql = """
            select * from synced_events
            where link_id = @linkId and next_push_at <= @now and kind in ('Copy', 'Stray')
            order by next_push_at, id limit @max
            """;
        return Events(sql, new { linkId, now, max }, ct);
    }

    public async Task<PushFailure?> WaitsAfter(Guid linkId, string code, CancellationToken ct)
    {
        const string sql = """
            select push_failure_code as code, push_failure_reason as reason from synced_events
            where link_id = @linkId and next_push_at is not null and push_failure_code = @code
            order by next_push_at, id limit 1
            """;
        await using var connection = await database.Read(ct);
        return await connection.QuerySingleOrDefaultAsync<PushFailure>(
            new CommandDefinition(sql, new { linkId, code }, cancellationToken: ct));
    }

    public Task<IReadOnlyList<SyncedEvent>> ExternalBetween(Guid linkId, DateTimeOffset start, DateTimeOffset end, CancellationToken ct)
    {
        const string sql = """
            select * from synced_events
            where link_id = @linkId and kind = 'External' and starts_at < @end and ends_at > @start
            order by starts_at, id
            """;
        return Events(sql, new { linkId, start, end }, ct);
    }

    public Task ForgetTitles(Guid integrationId, CancellationToken ct) => titles.Forget(integrationId, ct);

    private async Task<IReadOnlyList<SyncedEvent>> Events(string sql, object arguments, CancellationToken ct)
    {
        await using var connection = await database.Read(ct);
        var rows = await connection.QueryAsync<SyncedEventRow>(new CommandDefinition(sql, arguments, cancellationToken: ct));
        return [.. rows.Select(row => row.ToEvent())];
    }
}
