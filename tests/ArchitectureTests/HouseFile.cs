namespace CleanSync.ArchitectureTests;

/// <summary>A file of the repository.</summary>
/// <param name="Path">From the root, with slashes.</param>
internal sealed record HouseFile(string Path, string Text)
{
    private static readonly string[] Kinds =
        [".cs", ".md", ".sql", ".sh", ".txt", ".csproj", ".props", ".json", ".http", ".sln", ".editorconfig"];
    private static readonly string[] Output = ["bin", "obj", "artifacts", "data", ".git", "TestResults"];

    public int LineCount => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    public static IReadOnlyList<HouseFile> OfRepository()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(root.FullName, "CleanSync.sln")))
        {
            root = root.Parent
                ?? throw new InvalidOperationException(
                    "The tests must run from inside the repository: CleanSync.sln was not found above them.");
        }

        return [.. Below(root)
            .Select(f => new HouseFile(System.IO.Path.GetRelativePath(root.FullName, f.FullName)
                .Replace('\\', '/'), File.ReadAllText(f.FullName)))];
    }

    private static IEnumerable<FileInfo> Below(DirectoryInfo folder) => folder.EnumerateFiles()
        .Where(f => Kinds.Contains(f.Extension))
        .Concat(folder.EnumerateDirectories().Where(d => !Output.Contains(d.Name)).SelectMany(Below));
}
