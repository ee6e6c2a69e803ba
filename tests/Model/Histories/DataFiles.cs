using CleanSync.Model.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.Model.Histories;

/// <summary>
/// The data folder of one world, in memory where the system has such a place, or its database on PostgreSQL. The schema is made once for
/// all worlds.
/// </summary>
internal sealed class DataFiles : IDisposable
{
    private static readonly string Root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
    private static readonly Lazy<Task<byte[]>> Empty = new(MakeEmpty);

    public DataFiles()
    {
        Folder = NewFolder();
        if (TestDatabases.ArePostgres) Server = TestDatabases.Make();
        else File.WriteAllBytes(Path.Combine(Folder, "cleansync.db"), Empty.Value.GetAwaiter().GetResult());
    }

    public string Folder { get; }

    /// <summary>The database on PostgreSQL's server; null for the file.</summary>
    public string? Server { get; }

    /// <summary>On PostgreSQL whoever is connected is sent away for it.</summary>
    public void Backup()
    {
        if (Server is null) Copy("cleansync.db", "backup.db");
        else TestDatabases.Copy(Server, $"{Server}_backup");
    }

    /// <summary>While nobody has the database open.</summary>
    public void RestoreBackup()
    {
        if (Server is null) Copy("backup.db", "cleansync.db");
        else TestDatabases.Copy($"{Server}_backup", Server);
    }

    private void Copy(string from, string to)
    {
        using var source = new SqliteConnection($"Data Source={Path.Combine(Folder, from)};Pooling=False");
        using var target = new SqliteConnection($"Data Source={Path.Combine(Folder, to)};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        if (Server is null) return;
        TestDatabases.Drop($"{Server}_backup");
        TestDatabases.Drop(Server);
    }

    private static string NewFolder() => Directory.CreateDirectory(Path.Combine(Root, $"cleansync-model-{Guid.NewGuid():N}")).FullName;

    private static async Task<byte[]> MakeEmpty()
    {
        var folder = NewFolder();
        var clock = new FakeTimeProvider();
        await using (await Node.Start(folder, null, "first", clock, new Troubles(), new Watch(clock), new SeededIds(clock, 0),
            () => throw new InvalidOperationException("Nothing is sent.")))
        {
        }

        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, "cleansync.db"));
        Directory.Delete(folder, recursive: true);
        return bytes;
    }
}
