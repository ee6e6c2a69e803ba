using System.Data;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>Ids, instants and days as text of fixed width, booleans as 0 and 1.</summary>
internal sealed class SqliteForm : StoredForm
{
    public static void UseInDapper() => StoredValues.UseInDapper<SqliteParameter>(new SqliteForm());

    /// <summary>What SQLite has for a value.</summary>
    public static object Of(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => StoredText.Of(id),
        DateTimeOffset instant => StoredText.Of(instant),
        DateOnly day => StoredText.Of(day),
        bool flag => flag ? 1 : 0,
        _ => value,
    };

    public override void Set(IDbDataParameter parameter, Type type, object? value)
    {
        parameter.DbType = type == typeof(bool) ? DbType.Int32 : DbType.String;
        parameter.Value = Of(value);
    }

    /// <summary>A parameter for each of them; the text says so.</summary>
    public override void SetList(IDbCommand command, string name, Type type, IReadOnlyList<object> values)
    {
        var names = new List<string>(values.Count);
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name + (names.Count + 1).ToString(CultureInfo.InvariantCulture);
            Set(parameter, type, value);
            command.Parameters.Add(parameter);
            names.Add("@" + parameter.ParameterName);
        }

        var list = names.Count == 0 ? "in (select null where false)" : $"in ({string.Join(',', names)})";
        command.CommandText = command.CommandText.Replace($"in @{name}", list, StringComparison.Ordinal);
    }
}
