using CleanSync.Application;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>
/// Which history of which database this node is connected to. Each new connection tells: after a failover the server's timeline is another
/// one, after a restore the server, the database or how far its log has come. Then what was committed last may be lost, which nobody else
/// can tell.
/// </summary>
internal sealed class PostgresLineage(DatabaseRestore restore, ILogger logger)
{
    private readonly Lock gate = new();
    private Seen? last;

    public async Task Look(NpgsqlConnection connection)
    {
        // The log's name holds the timeline; pg_control_checkpoint() would tell it only after the first checkpoint of a new primary.
        const string sql = """
            select system_identifier, left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),
                (select oid from pg_database where datname = current_database())::bigint,
                (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint
            from pg_control_system() where not pg_is_in_recovery()
            """;
        Seen? before;
        lock (gate) before = last;
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync()) return; // a standby: it is compared when it has become the primary
        Note(before, new Seen(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
    }

    private void Note(Seen? before, Seen now)
    {
        lock (gate)
        {
            if (last is null || (last.IsOf(now) && now.Position >= last.Position))
            {
                last = now;
                return;
            }

            if (last != before) return; // another connection was asked meanwhile: its answer is the later one
            last = now;
        }

        restore.Found();
        logger.LogWarning(
            "The database is not on the history that it was on: {Before} before, {Now} now. After a failover or a restore commits may be "
            + "lost: every copy that waits is looked for in Exchange before it is created", before, now);
    }

    private sealed record Seen(long Server, string Timeline, long Database, long Position)
    {
        public bool IsOf(Seen other) => (Server, Timeline, Database) == (other.Server, other.Timeline, other.Database);

        public override string ToString() => $"server {Server}, timeline {Timeline}, database {Database}, position {Position:X}";
    }
}
