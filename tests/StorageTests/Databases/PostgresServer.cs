using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CleanSync.StorageTests.Databases;

/// <summary>
/// A PostgreSQL server of this process alone. The shell that runs it reads what this process writes, and takes the server and its folder
/// away when that ends: when it is stopped, or however else the process goes.
/// </summary>
internal sealed class PostgresServer
{
    private const string User = "cleansync";

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

    private readonly Process shell;
    private int stopped;

    private PostgresServer(Process shell, int port, string logFile)
    {
        (this.shell, Port, LogFile) = (shell, port, logFile);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    public int Port { get; }

    /// <summary>What the server writes down.</summary>
    public string LogFile { get; }

    public static async Task<PostgresServer> Start()
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
        if (await shell.StandardOutput.ReadLineAsync() == "ready") return new PostgresServer(shell, port, Path.Combine(folder, "log"));
        throw new InvalidOperationException($"PostgreSQL did not start: {await shell.StandardError.ReadToEndAsync()}");
    }

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Database={database};Username={User};Maximum Pool Size=20";

    public Task Create(string database) => Run($"create database {database} template template0");

    public Task Drop(string database) => Run($"drop database if exists {database} with (force)");

    public async Task Run(string sql, string database = "postgres")
    {
        await using var connection = await Open(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A connection of its own.</summary>
    public async Task<NpgsqlConnection> Open(string database = "postgres")
    {
        var connection = new NpgsqlConnection($"{ConnectionString(database)};Pooling=false;GSS Encryption Mode=Disable");
        await connection.OpenAsync();
        return connection;
    }

    public void Stop()
    {
        if (Interlocked.Exchange(ref stopped, 1) == 1) return;
        shell.StandardInput.Close();
        shell.WaitForExit(TimeSpan.FromSeconds(10));
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
}
