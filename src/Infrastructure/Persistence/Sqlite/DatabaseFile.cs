using System.Globalization;
using CleanSync.Application;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Looks at the database file before anything is written to it: a file that is not CleanSync's own, whole and known, stays as it is.
/// </summary>
internal static class DatabaseFile
{
    private static readonly string Prefix = $"{typeof(DatabaseFile).Assembly.GetName().Name}.Persistence.Sqlite.Migrations.";

    /// <summary>Where the scripts were until the first version made one of them.</summary>
    private static readonly string Before = $"{typeof(DatabaseFile).Assembly.GetName().Name}.Persistence.Migrations.";

    private static readonly HashSet<string> Known = [.. typeof(DatabaseFile).Assembly.GetManifestResourceNames().Where(IsOurs)];

    /// <summary>A script of this version's, or of a later one's.</summary>
    public static bool IsOurs(string script) => script.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The schema was changed by a script that this version does not have.</summary>
    public static bool IsNewer(IEnumerable<string> scripts) => scripts.Any(s => IsOurs(s) && !Known.Contains(s));

    /// <summary>A script of this version did not run yet.</summary>
    public static bool IsOlder(SqliteConnection connection) => Known.Except(Scripts(connection)).Any();

    /// <summary>The schema was made by scripts that no version has.</summary>
    private static bool IsFromBefore(string script) => script.StartsWith(Before, StringComparison.Ordinal);

    /// <summary>The scripts that made the schema what it is; none where no script ever ran.</summary>
    public static IReadOnlyList<string> Scripts(SqliteConnection connection)
    {
        const string tables = "select count(*) from sqlite_master where type = 'table' and lower(name) = 'schemaversions'";
        const string scripts = "select ScriptName from SchemaVersions";
        return connection.ExecuteScalar<long>(tables) == 0 ? [] : connection.Query<string>(scripts).AsList();
    }

    /// <summary>
    /// Makes an empty file where there is none. Throws <see cref="StartRefused"/> for a file that CleanSync must not touch.
    /// </summary>
    /// <param name="whole">Every page is looked at too.</param>
    /// <param name="despiteMove">One that was copied to another database is used all the same.</param>
    public static void Demand(string path, bool whole, bool despiteMove)
    {
        try
        {
            DataFolder.Reserve(path);
            if (new FileInfo(path).Length > 0) Look(path, whole, despiteMove);
        }
        catch (SqliteException failure) when (SqliteFaults.Of(failure, path) is { } fault)
        {
            throw fault is StorageFault.Damaged
                ? Refused(path, "is no SQLite database, or is damaged. Restore the backup, or name another file in Database:Path.", failure)
                : Refused(path, $"cannot be used: {StorageFailure.ReasonOf(fault)}", failure);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException && File.Exists(path))
        {
            const string remedy = "Let CleanSync's account write the data folder and all files in it.";
            throw Refused(path, $"cannot be written: {failure.Message.TrimEnd('.')}. {remedy}", failure);
        }
    }

    private static void Look(string path, bool whole, bool despiteMove)
    {
        const string tables = "select count(*) from sqlite_master";
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        using var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        if (connection.ExecuteScalar<long>(tables) == 0) return;
        var scripts = Scripts(connection);
        if (scripts.Any(IsFromBefore))
        {
            throw Refused(path, "was made by CleanSync from before its first version, and no version can read it; nothing in it was changed. "
                + "Move it away, or name another file in Database:Path, and set CleanSync up anew.");
        }

        if (!scripts.Any(IsOurs))
            throw Refused(path, "belongs to another program, and nothing in it was changed. Name another file in Database:Path.");
        if (IsNewer(scripts))
            throw Refused(path, "was made by a newer version of CleanSync. Run that one, or restore the backup from before it.");
        if (!despiteMove && Move(connection) is { } move) throw Refused(path, move);
        if (whole && connection.ExecuteScalar<string>("pragma quick_check(1)") is not "ok" and var finding)
            throw Refused(path, $"is damaged ({finding?.ReplaceLineEndings(" ")}). Restore the backup, and look at the disk.");
    }

    /// <summary>What to say of a file that was copied to another database; null of one that was not.</summary>
    private static string? Move(SqliteConnection connection)
    {
        const string column = "select count(*) from pragma_table_info('installation') where name = 'moved_to'";
        const string mark = "select moved_to, moved_at from installation where moved_to is not null";
        if (connection.ExecuteScalar<long>(column) == 0) return null;
        return connection.QuerySingleOrDefault<(string Place, DateTimeOffset At)?>(mark) is not var (place, at)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"was moved to the database {place} at {at:yyyy-MM-dd HH:mm} UTC, and two services ")
                + "would write into one Exchange: run CleanSync with the settings of that database, or, when that one is given up for good, "
                + "use this file again with --anyway.";
    }

    private static StartRefused Refused(string path, string why, Exception? cause = null) => new($"The database {path} {why}", cause);
}
