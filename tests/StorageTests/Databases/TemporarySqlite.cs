using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Sqlite;

namespace CleanSync.StorageTests.Databases;

/// <summary>A SQLite file in a folder of its own.</summary>
public sealed class TemporarySqlite : TemporaryDatabase
{
    public TemporarySqlite()
        : this(Directory.CreateTempSubdirectory("cleansync-").FullName)
    {
    }

    private TemporarySqlite(string folder)
        : this(folder, new DatabaseOptions { Path = Path.Combine(folder, "cleansync.db") })
    {
    }

    private TemporarySqlite(string folder, DatabaseOptions options)
        : this(folder, options, new SqliteDatabase(options))
    {
    }

    private TemporarySqlite(string folder, DatabaseOptions options, SqliteDatabase store)
        : base(store, new DeletedBytes(store)) => (Folder, Options, Store) = (folder, options, store);

    public string Folder { get; }

    internal DatabaseOptions Options { get; }

    internal new SqliteDatabase Store { get; }

    public override Task Migrate() => new DatabaseMigration(Store, Options, Titles).Run(Ct);

    private protected override Task Drop()
    {
        Store.Dispose();
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }
}
