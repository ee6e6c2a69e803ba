using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>
/// A connection that reads. A pool hands out connections that died with a server that was restarted, and statements that were prepared
/// before a change of the schema: whoever asks does not meet them, because the question is asked once more on a new connection.
/// </summary>
/// <param name="renew">Takes what failed for an answer, and gives a connection from an emptied pool.</param>
internal sealed class PostgresReader(NpgsqlConnection connection, Func<CancellationToken, Task<NpgsqlConnection>> renew) : DbConnection
{
    private NpgsqlConnection connection = connection;
    private bool isRenewed;

    [AllowNull]
    public override string ConnectionString { get => connection.ConnectionString; set => throw new NotSupportedException(); }

    public override string Database => connection.Database;

    public override string DataSource => connection.DataSource;

    public override string ServerVersion => connection.ServerVersion;

    public override ConnectionState State => connection.State;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close() => connection.Close();

    public override void Open() => throw new NotSupportedException("It comes open from its pool.");

    public override async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>Asks, and a second time where the first one found a connection of no use.</summary>
    public async Task<T> Ask<T>(NpgsqlCommand question, Func<NpgsqlCommand, Task<T>> ask, CancellationToken ct)
    {
        question.Connection = connection;
        try
        {
            return await ask(question);
        }
        catch (NpgsqlException failure) when (
            !isRenewed && (PostgresFaults.IsLostConnection(failure) || PostgresFaults.IsStalePlan(failure)))
        {
            isRenewed = true;
            question.Connection = null;
            await connection.DisposeAsync();
            connection = await renew(ct);
            question.Connection = connection;
            return await ask(question);
        }
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new PostgresQuestion(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing) connection.Dispose();
        base.Dispose(disposing);
    }
}
