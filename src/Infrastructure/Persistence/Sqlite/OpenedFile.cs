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
    private readonly string descriptor;
    private readonly string? opened;

    /// <summary>
    /// Before SQLite opens it, and to be disposed of after SQLite has closed it: closing a file ends every lock of the process on it.
    /// </summary>
    public OpenedFile(string path)
    {
        this.path = path;
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        descriptor = $"/proc/self/fd/{handle.DangerousGetHandle().ToString(CultureInfo.InvariantCulture)}";
        opened = Name;
    }

    /// <summary>Null while the path leads to the file that was opened.</summary>
    public StorageFault? Fault
    {
        get
        {
            if (opened is not null && Name == opened) return null; // of a file that was deleted or moved Linux changes the name
            return !File.Exists(path) ? StorageFault.Gone : opened is null ? null : StorageFault.Replaced;
        }
    }

    public void Dispose() => handle.Dispose();

    private string? Name => new FileInfo(descriptor).LinkTarget;
}
