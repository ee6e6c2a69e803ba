using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The writing transaction. Many rows go through one prepared command: Dapper makes every parameter anew for every row, which a first sync
/// of thousands of events feels.
/// </summary>
internal sealed partial class SqliteWrites(SqliteTransaction transaction, TimeProvider time) : DatabaseTransaction(transaction)
{
    private readonly SqliteTransaction transaction = transaction;

    /// <summary>The transaction is immediate: nobody else writes until it ends, and what it reads stays.</summary>
    protected override string SharedLock => "";

    protected override string ExclusiveLock => "";

    protected override string RemovalLock => "";

    /// <summary>One node works on the file.</summary>
    public override Task<DateTimeOffset> Now() => Task.FromResult(time.GetUtcNow());

    public override Task<bool> AffectsEach<T>(string sql, IReadOnlyCollection<T> rows) =>
        Task.FromResult(rows.Count == 0 || Run(sql, rows));

    private bool Run<T>(string sql, IReadOnlyCollection<T> rows)
    {
        var connection = (PreparedConnection)transaction.Connection!;
        var command = connection.Take(sql);
        try
        {
            command.Transaction = transaction;
            var used = ParameterName().Matches(sql).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
            RowColumn<T>[] columns = [.. RowColumn<T>.All.Where(c => used.Contains(c.Name))];
            SqliteParameter[] parameters =
                [.. columns.Select(c => command.Parameters.Add(new SqliteParameter { ParameterName = "@" + c.Name }))];
            foreach (var row in rows)
            {
                for (var i = 0; i < columns.Length; i++) parameters[i].Value = SqliteForm.Of(columns[i].Value(row));
                if (command.ExecuteNonQuery() != 1) return false;
            }

            return true;
        }
        finally
        {
            connection.Return(command);
        }
    }

    [GeneratedRegex("@([A-Za-z]+)")]
    private static partial Regex ParameterName();
}
