namespace CleanSync.Model;

/// <summary>The repository that this program was built from.</summary>
internal static class RepositoryRoot
{
    public static string Path =>
        PathOrNull ?? throw new InvalidOperationException("This needs the source: run it from the repository.");

    /// <summary>The same; null when the program stands alone.</summary>
    public static string? PathOrNull
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "CleanSync.sln"))) folder = folder.Parent;
            return folder?.FullName;
        }
    }
}
