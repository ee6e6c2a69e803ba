using System.Collections.Concurrent;
using System.Globalization;
using CleanSync.StorageTests.Databases;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresEnd))]

namespace CleanSync.StorageTests.Databases;

/// <summary>The databases of the test process's PostgreSQL server, which is made when the first test asks for one.</summary>
internal sealed class PostgresCluster
{
    private const string Template = "cleansync_template";

    private static readonly Lazy<Task<PostgresCluster>> Only = new(Start);
    private static int made;

    private readonly ConcurrentBag<PostgresParts> idle = [];
    private readonly PostgresServer server;
    private readonly Lazy<Task> template;

    private PostgresCluster(PostgresServer server)
    {
        this.server = server;
        template = new Lazy<Task>(MakeTemplate);
    }

    public int Port => server.Port;

    public string LogFile => server.LogFile;

    /// <summary>Ends it when the tests have ended, if one has asked for it.</summary>
    public static async Task End()
    {
        if (Only.IsValueCreated) (await Only.Value).server.Stop();
    }

    public static Task<PostgresCluster> Running() => Only.Value;

    public string ConnectionString(string database) => server.ConnectionString(database);

    /// <summary>A name that no other database of this process has.</summary>
    public static string NewName() => $"test_{Interlocked.Increment(ref made).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>
    /// A database with this version's schema and no rows but those of a start: one that a test has given back, with its connections, or a
    /// new one.
    /// </summary>
    public async Task<PostgresParts> Take()
    {
        if (idle.TryTake(out var ready)) return ready;
        await template.Value;
        var database = NewName();
        await Run($"create database {database} template {Template} strategy file_copy");
        var parts = new PostgresParts(ConnectionString(database));
        await parts.Start().Run(CancellationToken.None);
        return parts;
    }

    /// <summary>Emptying one takes a twentieth of what making one does.</summary>
    public async Task GiveBack(PostgresParts database)
    {
        const string empty = """
            set session_replication_role = replica; -- until the connection goes back to its pool
            do $$
            declare name text;
            begin
                for name in select tablename from pg_tables where schemaname = 'public'
                    and tablename not in ('schemaversions', 'installation', 'readiness_probe')
                loop
                    execute format('delete from %I', name);
                end loop;
            end $$;
            """;
        await using (var connection = await database.Store.Writer(CancellationToken.None))
        {
            await using var command = new NpgsqlCommand(empty, connection);
            await command.ExecuteNonQueryAsync();
        }

        idle.Add(database);
    }

    public Task Create(string database) => server.Create(database);

    public Task Drop(string database) => server.Drop(database);

    public Task Run(string sql, string database = "postgres") => server.Run(sql, database);

    private static async Task<PostgresCluster> Start() => new(await PostgresServer.Start());

    private async Task MakeTemplate()
    {
        await Create(Template);
        await using var made = new PostgresParts(ConnectionString(Template));
        await made.Start().Run(CancellationToken.None);
    }
}

/// <summary>The end of the tests of this program.</summary>
public sealed class PostgresEnd : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await PostgresCluster.End();
}
