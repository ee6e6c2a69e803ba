using System.Data.Common;
using CleanSync.Application;
using CleanSync.Application.Syncing;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>
/// The connection strings that are really used: the configured one, with what CleanSync needs and the admin has not stated. Every data
/// source is made from one of these.
/// </summary>
internal sealed record PostgresSettings
{
    private const int SchedulerPool = 4;
    private const string Setting = "Database:ConnectionString";
    private const string Example = "Host=db.contoso.example;Database=cleansync;Username=cleansync;Password=…";

    private PostgresSettings(
        NpgsqlConnectionStringBuilder writers, NpgsqlConnectionStringBuilder readers, NpgsqlConnectionStringBuilder own)
    {
        (Writers, Readers, Unpooled) = (writers.ConnectionString, readers.ConnectionString, own.ConnectionString);
        Scheduler = new NpgsqlConnectionStringBuilder(Writers) { MaxPoolSize = SchedulerPool, ApplicationName = "CleanSync scheduler" }
            .ConnectionString;
        Servers = [.. writers.Host!.Split(',').Select(server => server.Split(':')[0].Trim())];
        (Host, Database, Account) = ($"{writers.Host}:{writers.Port}", writers.Database!, writers.Username!);
    }

    public string Writers { get; }

    /// <summary>What is opened with it can change nothing.</summary>
    public string Readers { get; }

    /// <summary>For the start, which may wait, and holds a lock for as long as its connection is open.</summary>
    public string Unpooled { get; }

    /// <summary>For the scheduler's own store.</summary>
    public string Scheduler { get; }

    public string Host { get; }

    /// <summary>Those that <see cref="Host"/> names, without ports.</summary>
    public IReadOnlyList<string> Servers { get; }

    public string Database { get; }

    public string Account { get; }

    /// <summary>Where the database is, without anything secret.</summary>
    public string Place => $"{Database} of the PostgreSQL server {Host}";

    /// <exception cref="StartRefused">The connection string cannot be used; nothing of it but names of its parts is told.</exception>
    public static PostgresSettings Of(DatabaseOptions options, SyncOptions sync)
    {
        var stated = Read(options.ConnectionString);
        var (command, wait) = (Seconds(sync.LeaseFor / 4, 30), Seconds(sync.LeaseFor / 8, 10));
        var idle = $"-c idle_in_transaction_session_timeout={Seconds(sync.LeaseFor / 2, int.MaxValue / 1000)}s";
        var writers = With(stated, $"{idle} -c lock_timeout={wait}s", command);
        var readers = With(stated, $"{idle} -c default_transaction_read_only=on", command);
        var own = With(stated, "", 0);
        (own.Pooling, own.CommandTimeout) = (false, 0);
        return new PostgresSettings(writers, readers, own);
    }

    private static int Seconds(TimeSpan time, int most) => (int)Math.Clamp(Math.Floor(time.TotalSeconds), 1, most);

    private static NpgsqlConnectionStringBuilder With(NpgsqlConnectionStringBuilder stated, string options, int seconds)
    {
        var all = new NpgsqlConnectionStringBuilder(stated.ConnectionString);
        var known = Keys(stated);
        Unless("gssencryptionmode", () => all.GssEncryptionMode = GssEncryptionMode.Disable);
        Unless("keepalive", () => all.KeepAlive = 30);
        Unless("commandtimeout", () => all.CommandTimeout = seconds);
        Unless("applicationname", () => all.ApplicationName = "CleanSync");
        Unless("maximumpoolsize", () => all.MaxPoolSize = 40);
        Unless("maxautoprepare", () => all.MaxAutoPrepare = 256);
        Unless("autoprepareminusages", () => all.AutoPrepareMinUsages = 2);
        all.Options = $"{options} {stated.Options}".Trim(); // of two that say the same thing the last one counts: the admin's
        return all;

        void Unless(string key, Action set)
        {
            if (!known.Contains(key)) set();
        }
    }

    private static HashSet<string> Keys(DbConnectionStringBuilder stated)
    {
        var plain = new DbConnectionStringBuilder { ConnectionString = stated.ConnectionString };
        return [.. plain.Keys.Cast<string>().Select(Name)];
    }

    private static string Name(string key) => key.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private static NpgsqlConnectionStringBuilder Read(string text)
    {
        if (text.Length == 0) throw new StartRefused($"Database:Provider is Postgres, and {Setting} is not given. Expected such as {Example}.");
        var plain = new DbConnectionStringBuilder();
        try
        {
            plain.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            // The failure's own message, and the failure itself, would repeat a piece of the text, which may be the password.
            throw new StartRefused($"{Setting} is no connection string. Expected such as {Example}; a value that holds ; or = stands in quotes.");
        }

        var read = new NpgsqlConnectionStringBuilder();
        foreach (string key in plain.Keys) Take(read, key, plain[key]);
        if (string.IsNullOrEmpty(read.Host)) throw Missing("Host");
        if (string.IsNullOrEmpty(read.Database)) throw Missing("Database");
        if (string.IsNullOrEmpty(read.Username)) throw Missing("Username");
        if (read.Multiplexing) throw new StartRefused($"{Setting} switches Multiplexing on, which CleanSync cannot use. Take it out.");
        if (!read.Pooling) throw new StartRefused($"{Setting} switches Pooling off, which CleanSync needs. Take it out.");
        return read;
    }

    private static void Take(NpgsqlConnectionStringBuilder read, string key, object value)
    {
        try
        {
            read[key] = value;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new StartRefused(
                $"{Setting} has a part '{key}' that Npgsql does not know, or that has another kind of value. "
                + $"Look it up at https://www.npgsql.org/doc/connection-string-parameters.html. Expected such as {Example}.");
        }
    }

    private static StartRefused Missing(string part) => new($"{Setting} does not say the {part}. Expected such as {Example}.");
}
