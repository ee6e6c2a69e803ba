using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>Every value in its own type, null too: of a parameter without a type PostgreSQL guesses what it is.</summary>
internal sealed class PostgresForm : StoredForm
{
    public static void UseInDapper() => StoredValues.UseInDapper<NpgsqlParameter>(new PostgresForm());

    public static NpgsqlDbType TypeOf(Type type) => type switch
    {
        _ when type == typeof(string) => NpgsqlDbType.Text,
        _ when type == typeof(Guid) => NpgsqlDbType.Uuid,
        _ when type == typeof(DateTimeOffset) => NpgsqlDbType.TimestampTz,
        _ when type == typeof(DateOnly) => NpgsqlDbType.Date,
        _ when type == typeof(bool) => NpgsqlDbType.Boolean,
        _ when type == typeof(int) => NpgsqlDbType.Integer,
        _ when type == typeof(long) => NpgsqlDbType.Bigint,
        _ when type == typeof(double) => NpgsqlDbType.Double,
        _ => throw new NotSupportedException($"Teach {nameof(PostgresForm)} which type of PostgreSQL is a {type.Name}."),
    };

    public override void Set(IDbDataParameter parameter, Type type, object? value)
    {
        ((NpgsqlParameter)parameter).NpgsqlDbType = TypeOf(type);
        parameter.Value = value ?? DBNull.Value;
    }

    /// <summary>One array: the text stays the same for every number of keys, and its plan is kept.</summary>
    public override void SetList(IDbCommand command, string name, Type type, IReadOnlyList<object> values)
    {
        var array = Array.CreateInstance(type, values.Count);
        for (var i = 0; i < values.Count; i++) array.SetValue(values[i], i);
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | TypeOf(type)) { Value = array });
        command.CommandText = command.CommandText.Replace($"in @{name}", $"= any(@{name})", StringComparison.Ordinal);
    }
}
