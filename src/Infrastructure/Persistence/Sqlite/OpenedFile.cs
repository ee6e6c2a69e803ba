using System.Globalization;
using CleanSync.Application;
using Microsoft.Win32.SafeHandles;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The database file as this process opened it. A file that was deleted or replaced stays open, and whatever is written into it is lost
/// with the process: so the path is compared with what is open, by the name that Linux has for it. Elsewhere an open file cannot be
/// replaced, or only its absence is noticed.
/// </summary>
internal sealed class OpenedFile : IDisposable
{
    private readonly SafeFileHandle handle;
    private readonly string path;
    private readonly string? opened;

    /// <summary>
    /// Before SQLite opens it, and to be disposed of after SQLite has closed it: closing a file ends every lock of the process on it.
    /// </summary>
    public OpenedFile(string path)
    {
        this.path = path;
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        opened = Name;
    }

    /// <summary>Null while the path leads to the file that was opened.</summary>
    public StorageFault? Fault => !File.Exists(path) ? StorageFault.Gone : Name == opened ? null : StorageFault.Replaced;

    public void Dispose() => handle.Dispose();

    private string? Name => new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle().ToString(CultureInfo.InvariantCulture)}").LinkTarget;
}
