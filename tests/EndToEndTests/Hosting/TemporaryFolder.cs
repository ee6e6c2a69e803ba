namespace CleanSync.EndToEndTests.Hosting;

/// <summary>A data folder of one test, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cleansync-").FullName;

    public string DatabasePath => System.IO.Path.Combine(Path, "cleansync.db");

    /// <summary>Every byte of every file in the folder.</summary>
    public IEnumerable<(string File, byte[] Bytes)> Files() =>
        Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))
            .Select(f => (f, Read(f)));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
