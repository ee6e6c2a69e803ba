using CleanSync.Model.Databases;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>A data folder of one test, gone with it. Its database is a file in it, or one of a PostgreSQL server.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string? made;

    /// <param name="connectionString">A database on a server of the test's own.</param>
    public TemporaryFolder(string? connectionString = null)
    {
        if (connectionString is null && TestDatabases.ArePostgres) made = TestDatabases.Make();
        ConnectionString = made is null ? connectionString : TestDatabases.ConnectionString(made);
    }

    /// <summary>Null for the file.</summary>
    public string? ConnectionString { get; }

    public string Path { get; } = Directory.CreateTempSubdirectory("cleansync-").FullName;

    public string DatabasePath => System.IO.Path.Combine(Path, "cleansync.db");

    /// <summary>Every byte of every file in the folder.</summary>
    public IEnumerable<(string File, byte[] Bytes)> Files() =>
        Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))
            .Select(f => (f, Read(f)));

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        if (made is not null) TestDatabases.Drop(made);
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
