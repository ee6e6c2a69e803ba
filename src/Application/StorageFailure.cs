using CleanSync.Domain;

namespace CleanSync.Application;

/// <summary>What keeps the database from being used.</summary>
public enum StorageFault
{
    /// <summary>The volume of the data folder has no room. Reads go on.</summary>
    DiskFull,

    /// <summary>The file, or its volume, takes no writes. Reads go on.</summary>
    ReadOnly,

    /// <summary>Another program holds a lock on it. Reads go on.</summary>
    Locked,

    /// <summary>What was to be written before takes too long. Reads go on.</summary>
    Busy,

    /// <summary>The path leads to nothing any more: what would be written now would be lost.</summary>
    Gone,

    /// <summary>The path leads to another file than the one that was opened at start.</summary>
    Replaced,

    /// <summary>What is read makes no sense to SQLite.</summary>
    Damaged,

    /// <summary>A newer version of CleanSync has changed the schema.</summary>
    OfNewerVersion,

    /// <summary>The disk answers with an error that says no more.</summary>
    Unreadable,
}

/// <summary>The database cannot be used as things are. What was about to be written is not stored, and nothing of it.</summary>
public sealed class StorageFailure(StorageFault fault, Exception? inner = null) : Exception(ReasonOf(fault), inner)
{
    public StorageFault Fault { get; } = fault;

    /// <summary>What to tell a caller.</summary>
    public Error Refusal { get; } = new DatabaseIsNotReady(ReasonOf(fault));

    /// <summary>What is wrong and what mends it, without a path.</summary>
    public static string ReasonOf(StorageFault fault) => fault switch
    {
        StorageFault.DiskFull => "the disk is full. Make room on the volume of the data folder; CleanSync goes on by itself.",
        StorageFault.ReadOnly => "it is read-only. Let CleanSync's account write the data folder and all files in it, "
            + "and look why the volume takes no writes; CleanSync goes on by itself.",
        StorageFault.Locked => "another program has locked it. End that program, such as a backup or a database browser; "
            + "CleanSync goes on by itself.",
        StorageFault.Busy => "what waits to be written takes too long. Look at the disk; CleanSync goes on by itself.",
        StorageFault.Gone => "its file was deleted or moved while CleanSync runs. Put it back or restore the backup, "
            + "then start CleanSync again.",
        StorageFault.Replaced => "its file was replaced while CleanSync runs. Start CleanSync again, "
            + "and stop it before the file is replaced the next time.",
        StorageFault.Damaged => "its file is damaged. Stop CleanSync, restore the backup, and look at the disk.",
        StorageFault.OfNewerVersion => "a newer version of CleanSync made it what it is. Run that version, "
            + "or restore the backup from before it.",
        _ => "the disk answers with errors. Look at the disk and at the system's log.",
    };
}
