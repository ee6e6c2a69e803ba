using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>
/// The writing transaction. Many rows go in batches, each one round trip; the statement stays prepared at the server. No caller's leaving
/// cancels a statement in it: the timeouts of the connection end what hangs.
/// </summary>
internal sealed partial class PostgresWrites(NpgsqlTransaction transaction, TimeProvider? standInClock) : DatabaseTransaction(transaction)
{
    /// <summary>Not the transaction's own time: that is of its beginning, and old after a wait for a lock.</summary>
    public const string Clock = "select clock_timestamp()";

    private const int Most = 500;

    private readonly NpgsqlTransaction transaction = transaction;

    /// <summary>Holds off whoever would change the row, and nobody who relies on it too.</summary>
    protected override string SharedLock => " for share";

    /// <summary>Lets those pass who store a row that refers to it: their lock of the key is no claim.</summary>
    protected override string ExclusiveLock => " for no key update";

    protected override string RemovalLock => " for update";

    public override async Task<DateTimeOffset> Now() =>
        standInClock?.GetUtcNow() ?? await ExecuteScalar<DateTimeOffset>(Clock);

    public override async Task<bool> AffectsEach<T>(string sql, IReadOnlyCollection<T> rows)
    {
        if (rows.Count == 0) return true;
        var statement = Statement<T>.Of(sql);
        foreach (var some in rows.Chunk(Most))
        {
            await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
            foreach (var row in some) batch.BatchCommands.Add(statement.For(row));
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            if (((IEnumerable<NpgsqlBatchCommand>)batch.BatchCommands).Any(command => command.RecordsAffected != 1)) return false;
        }

        return true;
    }

    [GeneratedRegex("@([A-Za-z]+)")]
    private static partial Regex ParameterName();

    /// <summary>
    /// A statement with its parameters by place, as the server takes them: by name each would be looked up in each row's text.
    /// </summary>
    private sealed record Statement<T>(string Sql, IReadOnlyList<RowColumn<T>> Columns)
    {
        private static readonly ConcurrentDictionary<string, Statement<T>> Known = new(StringComparer.Ordinal);

        public static Statement<T> Of(string sql) => Known.GetOrAdd(sql, Read);

        public NpgsqlBatchCommand For(T row)
        {
            var command = new NpgsqlBatchCommand(Sql);
            foreach (var column in Columns)
            {
                command.Parameters.Add(new NpgsqlParameter
                {
                    NpgsqlDbType = PostgresForm.TypeOf(column.Type),
                    Value = column.Value(row) ?? DBNull.Value,
                });
            }

            return command;
        }

        private static Statement<T> Read(string sql)
        {
            var columns = new List<RowColumn<T>>();
            var text = ParameterName().Replace(sql, name =>
            {
                var place = columns.FindIndex(c => c.Name == name.Groups[1].Value) + 1;
                if (place > 0) return $"${place}";
                columns.Add(RowColumn<T>.All.Single(c => c.Name == name.Groups[1].Value));
                return $"${columns.Count}";
            });
            return new Statement<T>(text, columns);
        }
    }
}
