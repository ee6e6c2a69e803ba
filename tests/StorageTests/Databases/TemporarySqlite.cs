using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Microsoft.Extensions.Time.Testing;

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
        : this(folder, options, new FakeTimeProvider(Now))
    {
    }

    private TemporarySqlite(string folder, DatabaseOptions options, FakeTimeProvider time)
        : this(folder, options, time, new SqliteDatabase(options, time))
    {
    }

    private TemporarySqlite(string folder, DatabaseOptions options, FakeTimeProvider time, SqliteDatabase store)
        : base(store, new DeletedBytes(store), time) => (Folder, Options, Store) = (folder, options, store);

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
