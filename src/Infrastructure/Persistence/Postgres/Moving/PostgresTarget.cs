using System.Data.Common;
using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Moving;
using CleanSync.Infrastructure.Persistence.Postgres.Start;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres.Moving;

/// <summary>
/// An empty PostgreSQL database that takes the rows of another one. The start's lock is held until the end, so a node that starts meanwhile
/// waits, and finds all or nothing.
/// </summary>
internal sealed class PostgresTarget(
    PostgresSettings settings,
    PostgresDatabase database,
    IDatabaseStart start,
    TimeProvider time,
    ILogger<PostgresTarget> logger) : IMoveTarget
{
    private const int Told = 20_000;

    private readonly NpgsqlConnection connection = new(settings.Unpooled);
    private NpgsqlTransaction? transaction;

    public string Place => settings.Place;

    public async Task Take(CancellationToken ct)
    {
        await start.Run(ct); // tells in its own words what keeps this database from being used
        await connection.OpenAsync(ct);
        await new PostgresStartLock(connection, time, logger).Take(ct);
        transaction = await connection.BeginTransactionAsync(ct);
    }

    public Task<IReadOnlyList<MovedTable>> Tables(CancellationToken ct) => PostgresCatalogue.Read(connection, ct);

    public async Task<bool> HasRows(MovedTable table, CancellationToken ct)
    {
        await using var command = Command(table.Statements.HasRows);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    public async Task<DbDataReader> Rows(MovedTable table, CancellationToken ct)
    {
        await using var command = Command(table.Statements.Rows);
        return await command.ExecuteReaderAsync(ct);
    }

    public async Task<long> Copy(MovedTable table, DbDataReader rows, Action<long> copied, CancellationToken ct)
    {
        var count = 0L;
        await using (var importer = await connection.BeginBinaryImportAsync(table.Statements.Copy, ct))
        {
            for (; await rows.ReadAsync(ct); count++)
            {
                if (count > 0 && count % Told == 0) copied(count);
                await importer.StartRowAsync(ct);
                for (var i = 0; i < table.Columns.Count; i++) await Put(importer, table.Columns[i], rows.GetValue(i), ct);
            }

            await importer.CompleteAsync(ct);
        }

        return count;
    }

    public async Task<Guid> Installation(CancellationToken ct)
    {
        await using var command = Command("select id from installation");
        return (Guid)(await command.ExecuteScalarAsync(ct))!;
    }

    public async Task Name(Guid installation, CancellationToken ct)
    {
        await using (var command = Command("update installation set id = $1"))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = installation });
            await command.ExecuteNonQueryAsync(ct);
        }

        await using var analyze = Command("analyze"); // the first questions are planned by what there is now
        await analyze.ExecuteNonQueryAsync(ct);
    }

    public async Task Commit(CancellationToken ct)
    {
        try
        {
            await transaction!.CommitAsync(CancellationToken.None);
        }
        catch (Exception failure) when (PostgresFaults.LeavesOutcomeOpen(failure))
        {
            throw database.FailureOf(StorageFault.OutcomeIsUnknown, failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (transaction is not null) await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql) => new(sql, connection, transaction);

    private static Task Put(NpgsqlBinaryImporter importer, MovedColumn column, object stored, CancellationToken ct) =>
        column.Value(stored) is { } value
            ? importer.WriteAsync(value, PostgresForm.TypeOf(column.Type), ct)
            : importer.WriteNullAsync(ct);
}
