using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>
/// A connection that keeps what SQLite has compiled: a statement that comes again, through Dapper or by hand, is only run. Compiling one
/// takes longer than running it, for most that find a row or write one.
/// </summary>
/// <param name="giveBack">Takes the open connection when whoever has it disposes of it; null to close it then.</param>
internal sealed class PreparedConnection(string connectionString, Action<PreparedConnection>? giveBack = null)
    : SqliteConnection(connectionString)
{
    /// <summary>More than there are statements in the product, whose texts are constants.</summary>
    private const int Most = 512;

    private readonly Dictionary<string, SqliteCommand> idle = new(StringComparer.Ordinal);
    private Action<PreparedConnection>? giveBack = giveBack;

    /// <summary>Closes it, whoever it would go back to.</summary>
    public void Discard()
    {
        giveBack = null;
        Dispose();
    }

    /// <summary>The transaction that is open on it; null without one.</summary>
    public SqliteTransaction? Current => Transaction;

    /// <summary>Compiled already, if it ran here before; to be given back.</summary>
    public SqliteCommand Take(string sql)
    {
        if (idle.Remove(sql, out var ready)) return ready;
        var command = CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public void Return(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (State is not ConnectionState.Open || idle.Count >= Most || !idle.TryAdd(command.CommandText, command)) command.Dispose();
    }

    protected override DbCommand CreateDbCommand() => new PreparedStatement(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing && giveBack is { } back && State is ConnectionState.Open && Transaction is null)
        {
            back(this);
            return;
        }

        base.Dispose(disposing);
    }
}
