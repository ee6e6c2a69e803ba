using System.Data.Common;
using CleanSync.Application;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// The seam between the statements and the database that runs them: what differs between databases stands behind it, in a room of its own.
/// Whatever the storage refuses is thrown as <see cref="StorageFailure"/>.
/// </summary>
internal abstract class Database
{
    /// <summary>A connection that sees everything committed so far and can change nothing.</summary>
    public abstract Task<DbConnection> Read(CancellationToken ct);

    /// <summary>The same, where several answers must tell of one moment.</summary>
    public abstract Task<Snapshot> ReadSnapshot(CancellationToken ct);

    /// <summary>
    /// Runs one transaction: committed when the work says true, rolled back when it says false or throws. Of two transactions that waited
    /// for each other one is rolled back and run again, so the work may run more than once, and begins anew each time.
    /// </summary>
    public abstract Task<bool> Write(Func<DatabaseTransaction, Task<bool>> work, CancellationToken ct);

    /// <summary>
    /// Writes what can be done without, such as when an API key was last used: while the database takes no writes it is left out. False
    /// then.
    /// </summary>
    public abstract Task<bool> Note(Func<DatabaseTransaction, Task> work, CancellationToken ct);

    /// <summary>What a reader met, when it is the storage's fault; null when it is not.</summary>
    public abstract StorageFailure? FailureOf(Exception failure);

    /// <summary>
    /// A statement would have stored a second row of one identity, or one that belongs to a row that is gone; or of two transactions that
    /// waited for each other this one was given up. Somebody was faster: whoever meets it reads and plans anew.
    /// </summary>
    public abstract bool IsOutrun(DbException failure);

    /// <summary>What leases and due times are judged by: one clock for all nodes.</summary>
    public abstract Task<DateTimeOffset> Now(CancellationToken ct);

    /// <summary>Runs one statement in a transaction of its own; how many rows it has changed.</summary>
    public async Task<int> Execute(string sql, object arguments, CancellationToken ct)
    {
        var changed = 0;
        await Write(
            async transaction =>
            {
                changed = await transaction.Execute(sql, arguments);
                return true;
            },
            ct);
        return changed;
    }
}

/// <summary>One moment of the database, until it is disposed of.</summary>
internal sealed record Snapshot(DbConnection Connection, DbTransaction Transaction) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
