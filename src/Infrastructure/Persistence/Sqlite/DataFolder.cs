using CleanSync.Application;
using CleanSync.Infrastructure.Security;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>The folder of the database file: made for its owner alone, and held by one process at a time.</summary>
internal static class DataFolder
{
    public const string LockName = "cleansync.lock";

    /// <summary>
    /// How the system says that somebody else has the lock: EAGAIN on Linux, EWOULDBLOCK on macOS, a sharing violation on Windows.
    /// </summary>
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>
    /// Holds the folder until the answer is disposed of; the operating system lets go when the process ends, however it ends.
    /// </summary>
    /// <exception cref="StartRefused">Another process holds it, or it cannot be used; the message says which.</exception>
    public static IDisposable Hold(string folder) => TryHold(folder) ?? throw new StartRefused(
        $"Another CleanSync process uses the data folder {folder}. Stop it, or give this one its own folder with Database:Path. "
        + "Several processes can share one database only on PostgreSQL.");

    /// <summary>The same; null when another process holds the folder.</summary>
    public static IDisposable? TryHold(string folder)
    {
        Make(folder);
        try
        {
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (Held.Contains(held.HResult))
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, failure);
        }
    }

    /// <summary>Makes an empty file for its owner alone, unless it exists; SQLite gives its log files the same rights.</summary>
    /// <exception cref="StartRefused">It can be neither made nor written.</exception>
    public static void Reserve(string file)
    {
        if (Directory.Exists(file))
            throw new StartRefused(
                $"Database:Path is {file}, which is a folder. Name a file in it, such as {Path.Combine(file, "cleansync.db")}.");
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            new FileStream(file, options).Dispose();
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new StartRefused(
                $"The account {Environment.UserName} may not write the database {file}. Give it the rights, or name another file with Database:Path.",
                denied);
        }
        catch (IOException failure)
        {
            throw new StartRefused($"The database {file} cannot be opened: {failure.Message}", failure);
        }
    }

    /// <exception cref="StartRefused">It cannot be made.</exception>
    public static void Make(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows()) WindowsRights.MakeFolder(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, failure);
        }
    }

    private static StartRefused Unusable(string folder, Exception failure) => new(
        (failure, FileAmong(folder)) switch
        {
            (_, { } file) => $"The data folder {folder} cannot be made: {file} is a file. Name a file in a folder with Database:Path.",
            (UnauthorizedAccessException, _) =>
                $"The account {Environment.UserName} may not write into the data folder {folder}. "
                + "Give it the rights, or name another folder with Database:Path.",
            _ => $"The data folder {folder} cannot be used: {failure.Message}",
        },
        failure);

    /// <summary>What stands where a folder should be.</summary>
    private static string? FileAmong(string? path)
    {
        while (path is not null && !File.Exists(path)) path = Path.GetDirectoryName(path);
        return path;
    }
}
