namespace CleanSync.Infrastructure.Persistence;

/// <summary>Which database there is, where it lies, and how durable a commit is.</summary>
internal sealed record DatabaseOptions
{
    /// <summary>A file beside one process, or a server that several nodes may share.</summary>
    public DatabaseProvider Provider { get; init; }

    /// <summary>Where PostgreSQL is, and as whom to log on. It may hold a password: it is never logged or shown.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>
    /// The SQLite file. Its folder belongs to one process at a time. On PostgreSQL only the sealing key lies in that folder, unless
    /// Secrets:Key holds it.
    /// </summary>
    public string Path { get; init; } = "data/cleansync.db";

    /// <summary>
    /// A commit always survives the end of the process, however it ends. True: it also survives a power cut, for one disk flush each;
    /// false: a power cut can take back the last moments, and a copy created in them is found again by its tag. On PostgreSQL the server's
    /// own settings say it.
    /// </summary>
    public bool SurvivePowerCut { get; init; }

    /// <summary>
    /// A command may work on the database while a server has it: it changes single rows, and leaves schema and leases to the server.
    /// </summary>
    public bool BesideServer { get; internal init; }

    /// <summary>A file that was copied to another database is used all the same.</summary>
    public bool DespiteMove { get; internal init; }

    /// <summary><see cref="Path"/> in full.</summary>
    public string File => System.IO.Path.GetFullPath(Path);

    public string Folder => System.IO.Path.GetDirectoryName(File)!;

    /// <summary>
    /// The file itself, where <see cref="Path"/> is a symbolic link to it: whoever comes by another way finds the same lock.
    /// </summary>
    public string RealPath =>
        new FileInfo(Path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : File;

    public string RealFolder => System.IO.Path.GetDirectoryName(RealPath)!;

    /// <summary>Without <see cref="ConnectionString"/>.</summary>
    public override string ToString() => Provider is DatabaseProvider.Sqlite ? File : nameof(DatabaseProvider.Postgres);
}

internal enum DatabaseProvider
{
    Sqlite,
    Postgres,
}
