using CleanSync.Infrastructure.Persistence.Erasing;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>
/// What was deleted from the tables may still stand in the files: in free pages and in the log. Whoever else wants to write waits for one
/// step at most, and for a reader no longer than half a second. The longest step writes the file anew: some seconds for each gigabyte, and
/// reading goes on (docs/operations.md, "Erasing a client or a staff member").
/// </summary>
internal sealed class DeletedBytes(SqliteDatabase database) : IDeletedBytes
{
    private const int Limit = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Writes every page anew and moves them into the file; tries again for some seconds while a reader needs the log.</summary>
    public async Task Purge(CancellationToken ct)
    {
        await BeginPurge(ct);
        for (var tries = 1; !await FinishPurge(ct); tries++)
        {
            if (tries >= Limit) throw new DeletedBytesAreRead();
            await Task.Delay(Pause, ct); // others write meanwhile
        }
    }

    /// <summary>Writes every page anew, into the log.</summary>
    public Task BeginPurge(CancellationToken ct) => database.Exclusively(Vacuum, ct);

    public Task<bool> FinishPurge(CancellationToken ct) => database.Exclusively(EmptyLog, ct);

    private static bool Vacuum(SqliteConnection connection)
    {
        connection.Execute("vacuum");
        return true;
    }

    /// <summary>One try to move the pages into the file and to empty the log; false while a reader still needs it.</summary>
    private static bool EmptyLog(SqliteConnection connection)
    {
        var patience = connection.ExecuteScalar<long>("pragma busy_timeout");
        connection.Execute("pragma busy_timeout = 500");
        try
        {
            return connection.QuerySingle<Checkpoint>("pragma wal_checkpoint(truncate)").Busy == 0;
        }
        finally
        {
            connection.Execute($"pragma busy_timeout = {patience}");
        }
    }

    /// <summary>What SQLite answers: busy is 1 while a reader still needs the log.</summary>
    private sealed record Checkpoint
    {
        public int Busy { get; init; }
    }
}
