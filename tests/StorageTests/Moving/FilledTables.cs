using System.Globalization;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Moving;
using CleanSync.StorageTests.Databases;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CleanSync.StorageTests.Moving;

/// <summary>
/// Rows for every table that there is, made from the catalogue, so that a table or a column that comes later has its values too. They tell
/// nothing, but belong together as the schema asks.
/// </summary>
internal sealed class FilledTables(SqliteConnection connection, IReadOnlyList<MovedTable> tables)
{
    /// <summary>In each table: one whole row, one with nothing where nothing may be, and one with what only SQLite can hold.</summary>
    public const int Rows = 3;

    private const int Empty = 1, Odd = 2;

    /// <summary>They have one row, or are filled within a transaction only.</summary>
    private static readonly string[] Unfilled = ["installation", "readiness_probe", "audit_removals"];

    public static string Names(MovedTable table) => string.Join(", ", table.Columns.Select(c => c.Name));

    public async Task Fill()
    {
        var left = tables.Where(t => MovedTable.Left.Contains(t.Name) && !Unfilled.Contains(t.Name));
        foreach (var table in MovedTable.InOrder(tables).Concat(left))
        {
            for (var row = 0; row < Rows; row++) await Insert(table, row);
        }
    }

    private async Task Insert(MovedTable table, int row)
    {
        var parents = (await connection.QueryAsync<(string Column, string Table, string To)>(
            "select \"from\", \"table\", \"to\" from pragma_foreign_key_list(@Name)", new { table.Name })).ToDictionary(p => p.Column);
        var nullable = (await connection.QueryAsync<string>(
            "select name from pragma_table_info(@Name) where \"notnull\" = 0 and pk = 0", new { table.Name })).ToHashSet(StringComparer.Ordinal);
        await using var command = connection.CreateCommand();
        foreach (var column in table.Columns)
        {
            object? value = parents.TryGetValue(column.Name, out var parent)
                ? parent.Table != table.Name ? Value(typeof(Guid), parent.Table, parent.To, row, isKey: true)
                : row == Odd ? Value(typeof(Guid), parent.Table, parent.To, 0, isKey: true) : null
                : Value(column.Type, table.Name, column.Name, row, table.Key.Contains(column.Name));
            if (row == Empty && nullable.Contains(column.Name)) value = null;
            command.Parameters.AddWithValue($"@{column.Name}", value ?? DBNull.Value);
        }

        command.CommandText = $"insert into {table.Name} ({Names(table)}) values (@{string.Join(", @", table.Columns.Select(c => c.Name))})";
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>As SQLite has it. Each table, column and row has another one.</summary>
    private static object Value(
        Type type,
        string table,
        string column,
        int row,
        bool isKey)
    {
        var number = (table + column).Aggregate(row + 1, (sum, letter) => (sum * 31 + letter) % 1_000_003);
        var instant = TemporaryDatabase.Now.AddSeconds(number).AddTicks(row == Odd ? 7654321 : 0);
        return type switch
        {
            _ when type == typeof(string) && !isKey && row == Odd => $"{column} {number}: Zoë \0😀\u2028'\\",
            _ when type == typeof(string) => $"{column} {number}",
            _ when type == typeof(Guid) => StoredText.Of(new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, (byte)row)),
            _ when type == typeof(DateTimeOffset) => StoredText.Of(instant),
            _ when type == typeof(DateOnly) => StoredText.Of(DateOnly.FromDateTime(instant.UtcDateTime.AddDays(number % 1000))),
            _ when type == typeof(bool) => row % 2,
            _ when type == typeof(double) => number / 7.0,
            _ => Convert.ToInt64(number, CultureInfo.InvariantCulture),
        };
    }
}
