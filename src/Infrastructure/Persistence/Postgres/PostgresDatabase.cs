using System.Data;
using System.Data.Common;
using CleanSync.Application;
using CleanSync.Application.Syncing.Passes;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>
/// A PostgreSQL server: two pools, one of connections that can change nothing. Transactions are isolated by READ COMMITTED and the rows
/// that they lock (docs/adr/0023-postgresql.md). What the storage refuses is thrown as <see cref="StorageFailure"/>, and logged once until
/// it works again.
/// </summary>
internal sealed class PostgresDatabase : Database, IDisposable, IAsyncDisposable
{
    /// <summary>How often a transaction is begun that is given up each time.</summary>
    private const int MostTries = 5;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly IJitter jitter;
    private readonly TimeProvider time;
    private readonly DatabaseTrouble trouble;
    private readonly NpgsqlDataSource writers;
    private readonly NpgsqlDataSource readers;

    public PostgresDatabase(
        PostgresSettings settings,
        DatabaseRestore restore,
        IJitter jitter,
        TimeProvider time,
        ILogger<PostgresDatabase> logger)
    {
        PostgresForm.UseInDapper();
        (this.jitter, this.time) = (jitter, time);
        trouble = new DatabaseTrouble(time, logger);
        var lineage = new PostgresLineage(restore, logger);
        (writers, readers) = (Pool(settings.Writers, lineage), Pool(settings.Readers, lineage));
    }

    /// <summary>Instead of the server's clock, for tests of what time does; null otherwise.</summary>
    public TimeProvider? StandInClock { get; set; }

    /// <summary>What was wrong at the last try; null when all is well.</summary>
    public StorageFault? Fault => trouble.Now;

    /// <summary>The name that this database got at its first start; null before it was prepared.</summary>
    public Guid? Installation { get; set; }

    public override async Task<DbConnection> Read(CancellationToken ct) => new PostgresReader(
        await Open(readers, ct),
        again =>
        {
            Forget();
            return Open(readers, again);
        });

    /// <summary>
    /// Its first question is asked at once, and again on a fresh connection where the pool had a dead one: whoever reads meets none.
    /// </summary>
    public override async Task<Snapshot> ReadSnapshot(CancellationToken ct)
    {
        try
        {
            return await Begin(ct);
        }
        catch (NpgsqlException lost) when (PostgresFaults.IsLostConnection(lost))
        {
            Forget();
            return await Begin(ct);
        }
    }

    public override async Task<bool> Write(Func<DatabaseTransaction, Task<bool>> work, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await Once(work, ct);
            }
            catch (PostgresException failure) when (PostgresFaults.IsGivenUp(failure) && tries < MostTries)
            {
                await Task.Delay(LongestPause * jitter.Next(), time, ct);
            }
            catch (PostgresException failure) when (PostgresFaults.IsOrphaned(failure) && tries == 1)
            {
                // It stores what it found: on a second look it finds that there is nothing to belong to.
            }
            catch (NpgsqlException failure) when (tries == 1 && MayBeTheConnection(failure))
            {
                Forget();
            }
            catch (NpgsqlException failure) when (!PostgresFaults.IsOutrun(failure) && FailureOf(failure) is { } known)
            {
                throw known;
            }
        }
    }

    public override async Task<bool> Note(Func<DatabaseTransaction, Task> work, CancellationToken ct)
    {
        if (trouble.IsFresh) return false;
        try
        {
            return await Write(
                async transaction =>
                {
                    await work(transaction);
                    return true;
                },
                ct);
        }
        catch (StorageFailure)
        {
            return false; // logged, and shown by /health/ready
        }
        catch (DbException failure) when (IsOutrun(failure))
        {
            return false; // what it was about is gone
        }
    }

    public override async Task<DateTimeOffset> Now(CancellationToken ct)
    {
        if (StandInClock is { } clock) return clock.GetUtcNow();
        await using var connection = await Read(ct);
        return await connection.ExecuteScalarAsync<DateTimeOffset>(new CommandDefinition(PostgresWrites.Clock, cancellationToken: ct));
    }

    public override StorageFailure? FailureOf(Exception failure)
    {
        if (PostgresFaults.Of(failure) is not { } fault) return null;
        if (MayBeTheConnection(failure)) Forget();
        return FailureOf(fault, failure);
    }

    /// <summary>What a look at the database has found.</summary>
    public StorageFailure FailureOf(StorageFault fault, Exception? cause = null) => trouble.Met(fault, cause);

    public override bool IsOutrun(DbException failure) => PostgresFaults.IsOutrun(failure);

    /// <summary>A connection that may write, outside any transaction: for what cannot run in one.</summary>
    public Task<NpgsqlConnection> Writer(CancellationToken ct) => Open(writers, ct);

    public void Dispose()
    {
        writers.Dispose();
        readers.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await writers.DisposeAsync();
        await readers.DisposeAsync();
    }

    private static NpgsqlDataSource Pool(string connectionString, PostgresLineage lineage) => new NpgsqlDataSourceBuilder(connectionString)
        .UsePhysicalConnectionInitializer(_ => throw new NotSupportedException("Nothing is opened synchronously."), lineage.Look)
        .Build();

    private static bool MayBeTheConnection(Exception failure) =>
        PostgresFaults.IsLostConnection(failure) || PostgresFaults.IsStalePlan(failure);

    /// <summary>What the pools keep is not used again: one dead connection is seldom alone.</summary>
    private void Forget()
    {
        writers.Clear();
        readers.Clear();
    }

    private async Task<NpgsqlConnection> Open(NpgsqlDataSource pool, CancellationToken ct)
    {
        try
        {
            return await pool.OpenConnectionAsync(ct);
        }
        catch (NpgsqlException failure) when (FailureOf(failure) is { } known)
        {
            throw known;
        }
    }

    private async Task<Snapshot> Begin(CancellationToken ct)
    {
        var connection = await Open(readers, ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            await using var first = new NpgsqlCommand("select 1", connection, transaction);
            await first.ExecuteScalarAsync(ct);
            return new Snapshot(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> Once(Func<DatabaseTransaction, Task<bool>> work, CancellationToken ct)
    {
        await using var connection = await Open(writers, ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, CancellationToken.None);
        if (!await work(new PostgresWrites(transaction, StandInClock))) return false;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception failure) when (PostgresFaults.LeavesOutcomeOpen(failure))
        {
            Forget();
            throw FailureOf(StorageFault.OutcomeIsUnknown, failure);
        }

        trouble.Ended();
        return true;
    }
}
