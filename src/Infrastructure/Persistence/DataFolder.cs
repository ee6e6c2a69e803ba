namespace CleanSync.Infrastructure.Persistence;

/// <summary>The folder of the database file: made for its owner alone, and held by one process at a time.</summary>
internal static class DataFolder
{
    public const string LockName = "cleansync.lock";

    /// <summary>Holds the folder until the answer is disposed of; the operating system lets go when the process ends, however it ends.</summary>
    public static IDisposable Hold(string folder)
    {
        try
        {
            return Lock(folder);
        }
        catch (IOException taken)
        {
            throw new InvalidOperationException(
                $"Another CleanSync process uses the data folder {folder}. Stop it, or give this one its own folder with Database:Path. "
                + "Several processes can share one database only on PostgreSQL.",
                taken);
        }
    }

    /// <summary>The same; null when another process holds the folder.</summary>
    public static IDisposable? TryHold(string folder)
    {
        try
        {
            return Lock(folder);
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, LockName)))
        {
            return null;
        }
    }

    /// <summary>Makes an empty file for its owner alone, unless it exists; SQLite gives its log files the same rights.</summary>
    public static void Reserve(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(file, options).Dispose();
    }

    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStream Lock(string folder)
    {
        Make(folder);
        return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
