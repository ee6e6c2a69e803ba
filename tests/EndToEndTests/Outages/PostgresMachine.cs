using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CleanSync.EndToEndTests.Outages;

/// <summary>
/// A PostgreSQL server of one test, to be stopped, paused and failed over. One shell does what it is told, and takes everything away when
/// this process ends, however it does.
/// </summary>
internal sealed class PostgresMachine : IDisposable
{
    /// <summary>Folder, folder of the programs. As root the server runs as the system's own account for it.</summary>
    private const string Shell = """
        cd /
        trap '' INT TERM HUP # a signal to all of the tests ends the tests; this ends when they have
        as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
        if [ "$(id -u)" = 0 ]; then chown postgres "$1"; fi
        processes() { head -n 1 "$1/postmaster.pid"; ps -o pid= --ppid "$(head -n 1 "$1/postmaster.pid")"; }
        finish() {
            for data in "$1"/node*; do kill -CONT $(processes "$data") 2>/dev/null; as "$2/pg_ctl" -D "$data" -m immediate stop; done
            rm -rf "$1"
        }
        trap 'finish "$1" "$2" >/dev/null 2>&1' EXIT
        while read -r line; do (eval "$line") </dev/null >"$1/said" 2>&1; echo "$?"; done
        """;

    private readonly Process shell;
    private readonly string folder = Directory.CreateTempSubdirectory("pg-").FullName;
    private readonly string programs = Directory.GetDirectories("/usr/lib/postgresql")
        .Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()!;

    private PostgresMachine()
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in (string[])["-c", Shell, "sh", folder, programs]) start.ArgumentList.Add(word);
        shell = Process.Start(start)!;
    }

    public int Port { get; } = FreePort();

    /// <summary>Where the standby listens.</summary>
    public int OtherPort { get; } = FreePort();

    public string ConnectionString => ConnectionStringOf(Port);

    /// <summary>With an empty database, and running.</summary>
    /// <param name="options">Lines of its configuration.</param>
    public static async Task<PostgresMachine> Start(params string[] options)
    {
        var machine = new PostgresMachine();
        await machine.Begin(options);
        return machine;
    }

    /// <param name="ports">In the order in which they are tried.</param>
    public static string ConnectionStringOf(params int[] ports) =>
        $"Host={string.Join(',', ports.Select(p => $"127.0.0.1:{p.ToString(CultureInfo.InvariantCulture)}"))};"
        + "Database=cleansync;Username=cleansync;Timeout=5";

    public Task Up() => Do($"as $2/pg_ctl -D $1/node -l $1/log -w start");

    public Task Stop(string how = "fast") => Do($"as $2/pg_ctl -D $1/node -m {how} stop");

    /// <summary>SIGSTOP for all of it: connections stand, and nothing answers.</summary>
    public Task Pause() => Do("kill -STOP $(processes $1/node)");

    public Task Resume() => Do("kill -CONT $(processes $1/node)");

    /// <summary>A standby that follows.</summary>
    public Task Follow() => Do(
        "as $2/pg_basebackup -h 127.0.0.1 -p $PORT -U cleansync -D $1/node2 -R -X stream -c fast && chmod 700 $1/node2 "
        + "&& sed -i \"s/^port = .*/port = $OTHER/\" $1/node2/postgresql.conf && as $2/pg_ctl -D $1/node2 -l $1/log2 -w start");

    public Task Promote() => Do("as $2/pg_ctl -D $1/node2 -w promote");

    public Task Do(string line) => Task.Run(() =>
    {
        shell.StandardInput.WriteLine(line
            .Replace("$PORT", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("$OTHER", OtherPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var code = shell.StandardOutput.ReadLine() ?? shell.StandardError.ReadToEnd();
        if (code != "0") throw new InvalidOperationException($"{line}: {code} {Said()}");
    });

    public async Task Run(string sql, string database = "postgres", int? port = null)
    {
        await using var connection = await Open(database, port);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<NpgsqlConnection> Open(string database = "postgres", int? port = null)
    {
        var connection = new NpgsqlConnection(
            $"{ConnectionStringOf(port ?? Port)};Pooling=false;GSS Encryption Mode=Disable;Database={database}");
        await connection.OpenAsync();
        return connection;
    }

    public void Dispose()
    {
        shell.StandardInput.Close();
        shell.WaitForExit(TimeSpan.FromSeconds(20));
        shell.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task Begin(string[] options)
    {
        await Do("as $2/initdb -D $1/node -U cleansync --auth=trust --no-sync --locale=C.UTF-8 -E UTF8");
        foreach (var option in (string[])[
            "port = $PORT", "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "fsync = off", "max_wal_size = 64MB",
            "min_wal_size = 32MB", "shared_buffers = 16MB", "wal_level = replica", .. options])
            await Do($"echo \"{option}\" >>$1/node/postgresql.conf");
        await Up();
        await Run("create database cleansync template template0");
    }

    private string Said() => File.Exists(Path.Combine(folder, "said")) ? File.ReadAllText(Path.Combine(folder, "said")) : "";
}
