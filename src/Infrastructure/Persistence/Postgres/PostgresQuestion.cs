using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>A question to a <see cref="PostgresReader"/>.</summary>
internal sealed class PostgresQuestion(PostgresReader reader) : DbCommand
{
    private readonly NpgsqlCommand given = new();

    [AllowNull]
    public override string CommandText { get => given.CommandText; set => given.CommandText = value; }

    public override int CommandTimeout { get => given.CommandTimeout; set => given.CommandTimeout = value; }

    public override CommandType CommandType { get => given.CommandType; set => given.CommandType = value; }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => reader;
        set => _ = value == reader ? value : throw new NotSupportedException("A question stays on the connection that made it.");
    }

    protected override DbParameterCollection DbParameterCollection => given.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() => given.Cancel();

    public override int ExecuteNonQuery() => throw new NotSupportedException("Nothing is asked synchronously, or changed by a question.");

    public override object? ExecuteScalar() => throw new NotSupportedException("Nothing is asked synchronously.");

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        reader.Ask(given, command => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        reader.Ask(given, command => command.ExecuteScalarAsync(cancellationToken), cancellationToken);

    public override void Prepare() => throw new NotSupportedException("Npgsql prepares what comes again by itself.");

    protected override DbParameter CreateDbParameter() => new NpgsqlParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        throw new NotSupportedException("Nothing is asked synchronously.");

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) => reader
        .Ask<DbDataReader>(given, async command => await command.ExecuteReaderAsync(behavior, cancellationToken), cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing) given.Dispose();
        base.Dispose(disposing);
    }
}
