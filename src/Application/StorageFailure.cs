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

    /// <summary>The database server does not answer, is starting, or ended the connection.</summary>
    Unreachable,

    /// <summary>The server has no connection, or no memory, to spare.</summary>
    ServerIsBusy,

    /// <summary>The disk of the server has no room. Reads go on.</summary>
    ServerIsFull,

    /// <summary>The server is a standby, or was set read-only. Reads go on.</summary>
    ServerIsReadOnly,

    /// <summary>The server does not let CleanSync's account in, or to its tables.</summary>
    LogonRefused,

    /// <summary>The connection leads to another database than the one at start, or to none.</summary>
    OtherDatabase,

    /// <summary>The connection was lost while a change was being committed: it is stored, or it is not.</summary>
    OutcomeIsUnknown,
}

/// <summary>
/// The database cannot be used as things are. What was about to be written is not stored, and nothing of it; only after
/// <see cref="StorageFault.OutcomeIsUnknown"/> nobody knows.
/// </summary>
public sealed class StorageFailure(StorageFault fault, Exception? inner = null) : Exception(ReasonOf(fault), inner)
{
    public StorageFault Fault { get; } = fault;

    /// <summary>What to tell a caller.</summary>
    public Error Refusal { get; } =
        fault is StorageFault.OutcomeIsUnknown ? new OutcomeIsUnknown() : new DatabaseIsNotReady(ReasonOf(fault));

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
        StorageFault.Unreachable => "its server cannot be reached. Look whether it runs, and at the network; CleanSync goes on by itself.",
        StorageFault.ServerIsBusy => "its server has no connection or no memory to spare. Look at max_connections, and at who else uses it; "
            + "CleanSync goes on by itself.",
        StorageFault.ServerIsFull => "the disk of its server is full. Make room there; CleanSync goes on by itself.",
        StorageFault.ServerIsReadOnly => "its server takes no writes: it is a standby, or was set read-only. "
            + "Name the primary in Database:ConnectionString, or end that setting; CleanSync goes on by itself.",
        StorageFault.LogonRefused => "its server refuses CleanSync's account, or a right to a table. Look at the account, its password "
            + "and its rights; CleanSync goes on by itself.",
        StorageFault.OtherDatabase => "the connection leads to another database than at start, or to none. Lead it back, "
            + "or start CleanSync again.",
        StorageFault.OutcomeIsUnknown => "the connection to its server was lost while a change was being stored.",
        _ => "the disk answers with errors. Look at the disk and at the system's log.",
    };
}
