using CleanSync.Infrastructure.Persistence.Erasing;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>
/// Takes rows that were deleted or written over out of the tables, as soon as no transaction can see them any more. What that means for the
/// server's files, its log, its standbys and its backups is in docs/security.md: not everything can be reached from here.
/// </summary>
internal sealed class PostgresDeletedBytes(PostgresDatabase database, TimeProvider time) : IDeletedBytes
{
    private const int Limit = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private long begun;

    public async Task Purge(CancellationToken ct)
    {
        await BeginPurge(ct);
        for (var tries = 1; !await FinishPurge(ct); tries++)
        {
            if (tries >= Limit) throw new DeletedBytesAreRead();
            await Task.Delay(Pause, time, ct);
        }
    }

    /// <summary>Notes how far the database is: what was deleted before is dead for every transaction that begins later.</summary>
    public async Task BeginPurge(CancellationToken ct)
    {
        const string sql = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
        await using var connection = await database.Writer(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        Volatile.Write(ref begun, (long)(await command.ExecuteScalarAsync(ct))!); // the latest counts for all who wait
    }

    public async Task<bool> FinishPurge(CancellationToken ct)
    {
        // Every table that holds a title, a name, an address or a note.
        const string vacuum = """
            vacuum (index_cleanup on) appointments, synced_events, removed_events, staff_calendar_links, clean_up_items, leftovers,
                disconnected_staff, audit_names, api_keys, exchange_pauses, exchange_integrations, link_warnings, sync_conflicts
            """;
        await using var connection = await database.Writer(ct);
        if (await IsStillSeen(connection, ct)) return false;
        await using var command = new NpgsqlCommand(vacuum, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
        return true;
    }

    /// <summary>Whether somebody could still see what was deleted: a transaction, a standby, or one that was prepared and left.</summary>
    private async Task<bool> IsStillSeen(NpgsqlConnection connection, CancellationToken ct)
    {
        const string sql = """
            select exists (
                select 1 from (
                    select age(backend_xmin) as since from pg_stat_activity
                    where pid <> pg_backend_pid() and datname = current_database() and backend_xmin is not null
                    union all
                    select age(xmin) from pg_replication_slots where xmin is not null
                    union all
                    select age(transaction) from pg_prepared_xacts where database = current_database()) holding
                where since > @passed)
            """;
        const string passed = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
        await using var now = new NpgsqlCommand(passed, connection);
        var sinceBegun = (long)(await now.ExecuteScalarAsync(ct))! - Volatile.Read(ref begun);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter("passed", sinceBegun));
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
