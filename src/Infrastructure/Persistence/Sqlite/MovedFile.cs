using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Moving;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>A SQLite file that is copied elsewhere. It is held like a service holds it, and read as a service reads it.</summary>
internal sealed class MovedFile : IMovedFile
{
    private readonly DatabaseOptions options;
    private readonly SqliteDatabase database;

    /// <param name="options">Of the service; only where the file is counts.</param>
    public MovedFile(DatabaseOptions options, TimeProvider time)
    {
        this.options = options with { Provider = DatabaseProvider.Sqlite, ConnectionString = "", BesideServer = false };
        database = new SqliteDatabase(this.options, time);
    }

    public Database Database => database;

    public async Task Take(CancellationToken ct)
    {
        if (new FileInfo(options.File) is not { Exists: true, Length: > 0 })
        {
            throw new StartRefused(
                $"There is no database {options.File}. Name the file that is to be moved in Database:Path.");
        }

        if (await database.Exclusively(DatabaseFile.IsOlder, ct))
        {
            throw new StartRefused(
                $"The database {options.Path} has the schema of an older version. Start this version's server on it once, stop it, "
                + "and give the command again; nothing in it was changed.");
        }
    }

    public async Task<ILookup<string, string>> Columns(CancellationToken ct)
    {
        const string sql = """
            select t.name, c.name from sqlite_master t, pragma_table_info(t.name) c
            where t.type = 'table' and lower(t.name) <> 'schemaversions' and t.name not like 'sqlite\_%' escape '\'
            """;
        await using var connection = await database.Read(ct);
        var columns = await connection.QueryAsync<(string Table, string Column)>(new CommandDefinition(sql, cancellationToken: ct));
        return columns.ToLookup(c => c.Table, c => c.Column, StringComparer.Ordinal);
    }

    public void Dispose() => database.Dispose();
}
