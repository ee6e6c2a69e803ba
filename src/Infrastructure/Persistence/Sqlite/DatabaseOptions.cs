namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>Where the embedded database lies, and how durable a commit is.</summary>
internal sealed record DatabaseOptions
{
    /// <summary>The SQLite file. Its folder belongs to one process at a time.</summary>
    public string Path { get; init; } = "data/cleansync.db";

    /// <summary>
    /// A commit always survives the end of the process, however it ends. True: it also survives a power cut, for one disk flush each;
    /// false: a power cut can take back the last moments, and a copy created in them is found again by its tag.
    /// </summary>
    public bool SurvivePowerCut { get; init; }

    /// <summary>
    /// A command may work on the database while a server has it: it changes single rows, and leaves schema and leases to the server.
    /// </summary>
    public bool BesideServer { get; internal init; }

    /// <summary><see cref="Path"/> in full.</summary>
    public string File => System.IO.Path.GetFullPath(Path);

    public string Folder => System.IO.Path.GetDirectoryName(File)!;

    /// <summary>
    /// The file itself, where <see cref="Path"/> is a symbolic link to it: whoever comes by another way finds the same lock.
    /// </summary>
    public string RealPath =>
        new FileInfo(Path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : File;

    public string RealFolder => System.IO.Path.GetDirectoryName(RealPath)!;
}
