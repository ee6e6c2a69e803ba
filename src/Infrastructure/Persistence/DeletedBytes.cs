using Dapper;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>What was deleted from the tables may still stand in the files: in free pages and in the log.</summary>
internal static class DeletedBytes
{
    private const int Patience = 10;

    /// <summary>Vacuum writes every page anew; the checkpoint moves them into the file and empties the log.</summary>
    public static bool Purge(SqliteConnection connection)
    {
        connection.Execute("vacuum");
        for (var tries = 0; tries < Patience; tries++)
        {
            if (connection.QuerySingle<Checkpoint>("pragma wal_checkpoint(truncate)").Busy == 0) return true;
        }

        throw new InvalidOperationException(
            "What was to go is gone from the tables, but a reader keeps the database's log from being emptied. "
            + "CleanSync tries again; if this comes back, restart it.");
    }

    /// <summary>What SQLite answers: busy is 1 while a reader still needs the log.</summary>
    private sealed record Checkpoint
    {
        public int Busy { get; init; }
    }
}
