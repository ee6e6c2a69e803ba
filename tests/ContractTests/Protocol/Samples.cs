namespace CleanSync.ContractTests.Protocol;

/// <summary>The sample bodies beside these tests: one file is one HTTP body, with invented data.</summary>
internal static class Samples
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Protocol", "Samples");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static IEnumerable<string> All() =>
        Directory.EnumerateFiles(Folder, "*.xml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path))
            .Order(StringComparer.Ordinal);
}
