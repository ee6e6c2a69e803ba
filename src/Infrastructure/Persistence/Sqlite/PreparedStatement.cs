using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>
/// One use of a statement that its connection keeps compiled. It takes the statement when it is run, because Dapper rewrites a text that
/// takes a list.
/// </summary>
internal sealed class PreparedStatement(PreparedConnection connection) : DbCommand
{
    private readonly SqliteCommand given = new();
    private SqliteCommand? statement;

    [AllowNull]
    public override string CommandText { get => given.CommandText; set => given.CommandText = value; }

    public override int CommandTimeout { get; set; } = connection.DefaultTimeout;

    public override CommandType CommandType { get => given.CommandType; set => given.CommandType = value; }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => _ = value == connection ? value : throw new NotSupportedException("A command stays on the connection that made it.");
    }

    protected override DbParameterCollection DbParameterCollection => given.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    /// <summary>SQLite runs in the caller's thread: there is nothing to cancel.</summary>
    public override void Cancel()
    {
    }

    public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();

    public override object? ExecuteScalar() => Ready().ExecuteScalar();

    public override void Prepare() => Ready().Prepare();

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Ready().ExecuteReader(behavior);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            GiveBack();
            given.Dispose();
        }

        base.Dispose(disposing);
    }

    private SqliteCommand Ready()
    {
        if (statement?.CommandText != CommandText) GiveBack();
        statement ??= connection.Take(CommandText);
        statement.Transaction = (SqliteTransaction?)DbTransaction ?? connection.Current;
        statement.CommandTimeout = CommandTimeout;
        statement.Parameters.Clear();
        foreach (SqliteParameter parameter in given.Parameters) statement.Parameters.Add(parameter);
        return statement;
    }

    private void GiveBack()
    {
        if (statement is not { } used) return;
        statement = null;
        connection.Return(used);
    }
}
