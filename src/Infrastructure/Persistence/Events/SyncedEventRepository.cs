using CleanSync.Domain;
using CleanSync.Domain.SyncedEvents;
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
        const string byItem = "select * from synced_events where link_id = @linkId and item_id in @keys";
        const string byIdentity = "select * from synced_events where link_id = @linkId and identity in @keys";
        const string byId = "select * from synced_events where id in @keys";
        await using var snapshot = await database.ReadSnapshot(ct);
        var rows = await snapshot.QueryEach<SyncedEventRow, string>(byItem, itemIds, linkId, ct);
        rows.AddRange(await snapshot.QueryEach<SyncedEventRow, string>(byIdentity, identities, linkId, ct));
        // An own id may name another link's row. Asked in SQL, that would lead SQLite to read the whole link.
        rows.AddRange((await snapshot.QueryEach<SyncedEventRow, Guid>(byId, ids, linkId, ct)).Where(r => r.LinkId == linkId));
        return await WithAttempts([.. rows.DistinctBy(r => r.Id)], snapshot, ct);
    }

    public async Task<IReadOnlyList<SyncedEvent>> WithUids(Guid linkId, IReadOnlyCollection<string> uids, CancellationToken ct)
    {
        const string sql = "select * from synced_events where link_id = @linkId and kind = 'External' and uid in @keys";
        if (uids.Count == 0) return [];
        await using var snapshot = await database.ReadSnapshot(ct);
        return await WithAttempts(await snapshot.QueryEach<SyncedEventRow, string>(sql, uids, linkId, ct), snapshot, ct);
    }

    public Task<IReadOnlyList<SyncedEvent>> Unsettled(Guid linkId, CancellationToken ct)
    {
        const string sql = "select * from synced_events where link_id = @linkId and (removal_staged = true or push_state = 'Written')";
        return Events(sql, new { linkId }, ct);
    }

    public async Task<IReadOnlyList<SyncedEvent>> CopiesOf(IReadOnlyCollection<Guid> appointmentIds, CancellationToken ct)
    {
        const string sql = "select * from synced_events where appointment_id in @keys and kind = 'Copy'";
        await using var snapshot = await database.ReadSnapshot(ct);
        return await WithAttempts(await snapshot.QueryEach<SyncedEventRow, Guid>(sql, appointmentIds, linkId: null, ct), snapshot, ct);
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

    public async Task<Reason?> WaitsAfter(Guid linkId, string code, CancellationToken ct)
    {
        const string sql = """
            select push_failure_code as code, push_failure_reason as text, push_failure_server_code as server_code from synced_events
            where link_id = @linkId and next_push_at is not null and push_failure_code = @code
            order by next_push_at, id limit 1
            """;
        await using var connection = await database.Read(ct);
        return await connection.QuerySingleOrDefaultAsync<Reason>(
            new CommandDefinition(sql, new { linkId, code }, cancellationToken: ct));
    }

    public async Task<IReadOnlyList<SyncedEvent>> TakingTime(Guid linkId, DateTimeOffset start, DateTimeOffset end, CancellationToken ct)
    {
        const string sql = """
            select * from synced_events
            where link_id = @linkId and kind = 'External' and starts_at < @end and ends_at > @start
            union all
            select * from synced_events
            where link_id = @linkId and next_push_at is not null and kind = 'Copy' and starts_at < @end and ends_at > @start
            order by starts_at, id
            """;
        return [.. (await Events(sql, new { linkId, start, end }, ct)).Where(e => e.TakesTime)];
    }

    public Task ForgetTitles(Guid integrationId, CancellationToken ct) => titles.Forget(integrationId, ct);

    private async Task<IReadOnlyList<SyncedEvent>> Events(string sql, object arguments, CancellationToken ct)
    {
        await using var snapshot = await database.ReadSnapshot(ct);
        var asked = new CommandDefinition(sql, arguments, snapshot.Transaction, cancellationToken: ct);
        return await WithAttempts((await snapshot.Connection.QueryAsync<SyncedEventRow>(asked)).AsList(), snapshot, ct);
    }

    private static async Task<IReadOnlyList<SyncedEvent>> WithAttempts(List<SyncedEventRow> rows, Snapshot snapshot, CancellationToken ct)
    {
        const string sql = "select * from create_attempts where event_id in @keys order by event_id, position";
        var tried = rows.Where(r => r.Attempts > 0).Select(r => r.Id);
        var attempts = (await snapshot.QueryEach<CreateAttemptRow, Guid>(sql, tried, linkId: null, ct)).ToLookup(a => a.EventId);
        return [.. rows.Select(row => row.ToEvent(attempts[row.Id]))];
    }
}
