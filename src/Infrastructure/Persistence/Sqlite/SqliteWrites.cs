using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The writing transaction. Many rows go through one prepared command: Dapper makes every parameter anew for every row, which a first sync
/// of thousands of events feels.
/// </summary>
internal sealed partial class SqliteWrites(SqliteTransaction transaction) : DatabaseTransaction(transaction)
{
    private readonly SqliteTransaction transaction = transaction;

    /// <summary>The transaction is immediate: nobody else writes until it ends, and what it reads stays.</summary>
    protected override string SharedLock => "";

    protected override string ExclusiveLock => "";

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
            Column<T>[] columns = [.. Column<T>.All.Where(c => used.Contains(c.Name))];
            SqliteParameter[] parameters =
                [.. columns.Select(c => command.Parameters.Add(new SqliteParameter { ParameterName = "@" + c.Name }))];
            foreach (var row in rows)
            {
                for (var i = 0; i < columns.Length; i++) parameters[i].Value = columns[i].Value(row) ?? DBNull.Value;
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

    /// <summary>A property of a row record, read and written as text where it is stored as text.</summary>
    private sealed record Column<T>(string Name, Func<T, object?> Value)
    {
        public static Column<T>[] All { get; } = [.. typeof(T).GetProperties().Select(Of)];

        private static Column<T> Of(PropertyInfo property)
        {
            var row = Expression.Parameter(typeof(T));
            var read = Expression.Lambda<Func<T, object?>>(
                Expression.Convert(Expression.Property(row, property), typeof(object)), row).Compile();
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            return new Column<T>(property.Name, type switch
            {
                _ when type == typeof(Guid) => r => read(r) is Guid id ? StoredText.Of(id) : null,
                _ when type == typeof(DateTimeOffset) => r => read(r) is DateTimeOffset instant ? StoredText.Of(instant) : null,
                _ when type == typeof(DateOnly) => r => read(r) is DateOnly day ? StoredText.Of(day) : null,
                _ when type.IsEnum =>
                    throw new InvalidOperationException($"{property.Name}: enums are stored by name; a row holds the name."),
                _ => read,
            });
        }
    }
}
