using CleanSync.Application;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>Looks at the server and the database before anything is written: what CleanSync cannot use stays as it is.</summary>
internal static class PostgresLook
{
    private const int OldestServer = 140000;

    public static async Task DemandServer(NpgsqlConnection connection, Func<string, Exception?, StartRefused> refused, CancellationToken ct)
    {
        const string sql = """
            select current_setting('server_version_num')::integer, current_setting('server_encoding'),
                pg_is_in_recovery() or current_setting('transaction_read_only') = 'on',
                current_schema() is not null and has_schema_privilege(current_schema(), 'create')
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (reader.GetInt32(0) < OldestServer)
            throw refused($"runs on PostgreSQL {connection.PostgreSqlVersion}. CleanSync needs 14 or newer, and is tested with 15.", null);
        if (reader.GetString(1) != "UTF8")
            throw refused($"has the encoding {reader.GetString(1)}. Create it with encoding 'UTF8'.", null);
        if (reader.GetBoolean(2))
            throw refused("takes no writes: it is a standby, or read-only. Name the primary in Database:ConnectionString.", null);
        if (!reader.GetBoolean(3))
            throw refused("does not let this account create tables. Make the account the owner of the database or of its schema.", null);
    }

    /// <summary>No script of CleanSync's ran here: then there is nothing here.</summary>
    public static async Task DemandEmpty(NpgsqlConnection connection, Func<string, Exception?, StartRefused> refused, CancellationToken ct)
    {
        const string sql = """
            select relname from pg_class
            where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') and relname <> 'schemaversions'
            order by relname limit 1
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        if (await command.ExecuteScalarAsync(ct) is string table)
        {
            throw refused(
                $"holds tables that are not CleanSync's, such as {table}, and nothing in it was changed. Give CleanSync a database of its own.",
                null);
        }
    }
}
