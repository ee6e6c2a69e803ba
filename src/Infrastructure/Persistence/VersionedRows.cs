using Dapper;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>Runs one statement for many rows, prepared once; true when it hit exactly one stored row for each.</summary>
internal static class VersionedRows
{
    public static bool HitsEach<T>(this SqliteTransaction transaction, string sql, IReadOnlyCollection<T> rows) =>
        rows.Count == 0 || transaction.Connection!.Execute(sql, rows, transaction) == rows.Count;
}
