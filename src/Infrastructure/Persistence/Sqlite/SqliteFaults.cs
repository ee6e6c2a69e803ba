using CleanSync.Application;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>Which of SQLite's failures are the storage's, and not a statement's. https://www.sqlite.org/rescode.html</summary>
internal static class SqliteFaults
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;
    private const int FileWasMoved = 1032;

    /// <summary>Null for a failure that says nothing of the storage.</summary>
    public static StorageFault? Of(SqliteException failure, string path) => failure.SqliteErrorCode switch
    {
        Full => StorageFault.DiskFull,
        ReadOnly when failure.SqliteExtendedErrorCode == FileWasMoved => StorageFault.Replaced,
        ReadOnly => StorageFault.ReadOnly,
        Busy or Locked => StorageFault.Locked,
        Corrupt or NotADatabase => StorageFault.Damaged,
        CannotOpen when !File.Exists(path) => StorageFault.Gone,
        CannotOpen or InputOutput => OfVolume(Path.GetDirectoryName(path)!),
        _ => null,
    };

    /// <summary>SQLite names every error of the disk alike; trying to write beside the database tells the usual ones apart.</summary>
    private static StorageFault OfVolume(string folder)
    {
        const int noSpace = 28, readOnlyVolume = 30;
        var probe = Path.Combine(folder, $"cleansync.probe-{Guid.NewGuid():N}");
        try
        {
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            return StorageFault.Unreadable;
        }
        catch (UnauthorizedAccessException)
        {
            return StorageFault.ReadOnly;
        }
        catch (IOException failure)
        {
            return failure.HResult switch
            {
                noSpace => StorageFault.DiskFull,
                readOnlyVolume => StorageFault.ReadOnly,
                _ => StorageFault.Unreadable,
            };
        }
    }
}
