using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CleanSync.StorageTests.Databases;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresEnd))]

namespace CleanSync.StorageTests.Databases;

/// <summary>
/// A PostgreSQL server of this process alone, made when the first test asks for it. The shell that runs it reads what this process writes,
/// and takes the server and its folder away when that ends: at the end of the tests, or however else the process goes.
/// </summary>
internal sealed class PostgresCluster
{
    private const string User = "cleansync", Template = "cleansync_template";

    /// <summary>Folder, port, folder of the programs. As root the server runs as the system's own account for it.</summary>
    private const string Script = """
        set -eu
        cd /
        trap '' INT TERM HUP # a signal to all of the tests ends the tests; this ends when they have
        as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
        if [ "$(id -u)" = 0 ]; then chown postgres "$1"; fi
        trap 'as "$3/pg_ctl" -D "$1/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$1"' EXIT
        as "$3/initdb" -D "$1/data" -U cleansync --auth=trust --no-sync --locale=C.UTF-8 -E UTF8 >/dev/null
        as "$3/pg_ctl" -D "$1/data" -l "$1/log" -w -o "-h 127.0.0.1 -p $2 -k $1 -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c max_connections=300 -c max_prepared_transactions=5" start </dev/null >/dev/null
        echo ready
        cat >/dev/null
        """;

    private static readonly Lazy<Task<PostgresCluster>> Only = new(Start);
    private static int made;

    private readonly ConcurrentBag<PostgresParts> idle = [];
    private readonly Process shell;
    private int stopped;
    private readonly Lazy<Task> template;

    private PostgresCluster(Process shell, int port, string logFile)
    {
        this.shell = shell;
        (Port, LogFile) = (port, logFile);
        template = new Lazy<Task>(MakeTemplate);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    public int Port { get; }

    /// <summary>What the server writes down.</summary>
    public string LogFile { get; }

    /// <summary>Ends it when the tests have ended, if one has asked for it.</summary>
    public static async Task End()
    {
        if (Only.IsValueCreated) (await Only.Value).Stop();
    }

    public static Task<PostgresCluster> Running() => Only.Value;

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Database={database};Username={User};Maximum Pool Size=20";

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

    public Task Create(string database) => Run($"create database {database} template template0");

    public Task Drop(string database) => Run($"drop database if exists {database} with (force)");

    public async Task Run(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString(database)};Pooling=false;GSS Encryption Mode=Disable");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<PostgresCluster> Start()
    {
        var folder = Directory.CreateTempSubdirectory("pg-").FullName;
        var port = FreePort();
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "-c", Script, "sh", folder, port.ToString(CultureInfo.InvariantCulture), Programs() })
            start.ArgumentList.Add(argument);
        var shell = Process.Start(start)!;
        if (await shell.StandardOutput.ReadLineAsync() == "ready") return new PostgresCluster(shell, port, Path.Combine(folder, "log"));
        throw new InvalidOperationException($"PostgreSQL did not start: {await shell.StandardError.ReadToEndAsync()}");
    }

    private static string Programs()
    {
        const string root = "/usr/lib/postgresql";
        var newest = Directory.Exists(root)
            ? Directory.GetDirectories(root)
                .Where(version => File.Exists(Path.Combine(version, "bin", "initdb")))
                .MaxBy(version => int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
            : null;
        return newest is null
            ? throw new InvalidOperationException(
                "PostgreSQL's server is not installed, and the storage is tested on it too. Install Debian's package postgresql, "
                + "or run ./test.sh, which does.")
            : Path.Combine(newest, "bin");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task MakeTemplate()
    {
        await Create(Template);
        await using var made = new PostgresParts(ConnectionString(Template));
        await made.Start().Run(CancellationToken.None);
    }

    private void Stop()
    {
        if (Interlocked.Exchange(ref stopped, 1) == 1) return;
        shell.StandardInput.Close();
        shell.WaitForExit(TimeSpan.FromSeconds(10));
    }
}

/// <summary>The end of the tests of this program.</summary>
public sealed class PostgresEnd : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await PostgresCluster.End();
}
