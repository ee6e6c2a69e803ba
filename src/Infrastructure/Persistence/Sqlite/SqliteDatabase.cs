using System.Collections.Concurrent;
using System.Data.Common;
using CleanSync.Application;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The SQLite file: any number of readers, and one writer behind a gate, so that nobody ever waits in SQLite's own coarse retry. What the
/// storage refuses is thrown as <see cref="StorageFailure"/>, and logged once until it works again.
/// </summary>
internal sealed class SqliteDatabase : Database, IDisposable
{
    /// <summary>How long a writer waits for a lock of another program.</summary>
    private const string BusyTimeout = "pragma busy_timeout = 10000";

    /// <summary>How long a writer waits for those before it.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongTurn = TimeSpan.FromSeconds(5), ShortTurn = TimeSpan.FromSeconds(1);

    private const int UniqueIndexViolated = 2067, PrimaryKeyViolated = 1555, ForeignKeyViolated = 787;

    private const int MostIdleReaders = 16;

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ConcurrentStack<PreparedConnection> readers = [];
    private readonly DatabaseOptions options;
    private readonly DatabaseTrouble trouble;
    private readonly TimeProvider time;
    private readonly string path, writeString, readString;
    private IDisposable? folder;
    private OpenedFile? file;
    private PreparedConnection? writer;
    private volatile bool isDisposed;

    public SqliteDatabase(DatabaseOptions options, TimeProvider? time = null, ILogger<SqliteDatabase>? logger = null)
    {
        SqliteForm.UseInDapper();
        this.options = options;
        path = options.RealPath;
        this.time = time ?? TimeProvider.System;
        trouble = new DatabaseTrouble(this.time, logger ?? NullLogger<SqliteDatabase>.Instance);
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        writeString = new SqliteConnectionStringBuilder(settings.ToString()) { ForeignKeys = true, DefaultTimeout = 1 }.ToString();
        readString = new SqliteConnectionStringBuilder(settings.ToString()) { Mode = SqliteOpenMode.ReadOnly }.ToString();
    }

    /// <summary>Whether this process has the data folder to itself; known from the first use of the writer on.</summary>
    public bool IsSoleProcess => folder is not null;

    /// <summary>What was wrong at the last try, or, when that does not pass by itself, ever; null when all is well.</summary>
    public StorageFault? Fault => file?.Fault ?? trouble.Now;

    /// <summary>The name that this database got at its first start; null before it was prepared.</summary>
    public Guid? Installation { get; set; }

    public override async Task<DbConnection> Read(CancellationToken ct) => await Reader(ct);

    /// <summary>The same, on a connection of its own that has seen nothing of the file before.</summary>
    public async Task<SqliteConnection> ReadAfresh(CancellationToken ct) => await Open(new PreparedConnection(readString), ct);

    public override async Task<Snapshot> ReadSnapshot(CancellationToken ct)
    {
        var connection = await Reader(ct);
        try
        {
            return new Snapshot(connection, connection.BeginTransaction(deferred: true));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override Task<bool> Write(Func<DatabaseTransaction, Task<bool>> work, CancellationToken ct) =>
        Alone(connection => InTransaction(connection, work), LongestTurn, ct);

    public override async Task<bool> Note(Func<DatabaseTransaction, Task> work, CancellationToken ct)
    {
        if (Fault is not null && trouble.IsFresh) return false;
        try
        {
            return await Briefly(work, ct);
        }
        catch (StorageFailure)
        {
            return false; // logged, and shown by /health/ready
        }
    }

    /// <summary>
    /// One transaction that waits about a second for its turn, and as long for a lock; throws <see cref="StorageFailure"/> after that.
    /// </summary>
    public Task<bool> Briefly(Func<DatabaseTransaction, Task> work, CancellationToken ct) => Alone(
        connection => InTransaction(connection, async transaction =>
        {
            await work(transaction);
            return true;
        }),
        ShortTurn,
        ct);

    /// <summary>Runs alone on the writing connection, outside any transaction.</summary>
    public Task<T> Exclusively<T>(Func<SqliteConnection, T> work, CancellationToken ct) =>
        Alone(connection => Task.FromResult(work(connection)), LongestTurn, ct);

    public override StorageFailure? FailureOf(Exception failure) =>
        failure is SqliteException sqlite && SqliteFaults.Of(sqlite, path) is { } fault ? FailureOf(file?.Fault ?? fault, failure) : null;

    /// <summary>What a look at the database has found.</summary>
    public StorageFailure FailureOf(StorageFault fault, Exception? cause = null) => trouble.Met(fault, cause);

    public override Task<DateTimeOffset> Now(CancellationToken ct) => Task.FromResult(time.GetUtcNow());

    public override bool IsOutrun(DbException failure) => failure is SqliteException
    {
        SqliteExtendedErrorCode: UniqueIndexViolated or PrimaryKeyViolated or ForeignKeyViolated
    };

    public void Dispose()
    {
        isDisposed = true;
        writer?.Dispose();
        CloseReaders();
        file?.Dispose();
        folder?.Dispose();
        gate.Dispose();
    }

    private async Task<T> Alone<T>(Func<SqliteConnection, Task<T>> work, TimeSpan turn, CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        if (!await gate.WaitAsync(turn, ct))
        {
            var why = trouble.Now ?? StorageFault.Busy;
            throw turn == LongestTurn ? trouble.Met(why, null) : new StorageFailure(why);
        }

        try
        {
            var connection = writer ??= OpenWriter();
            Demand(trouble.Lasting);
            // Whoever has waited behind others for a lock does not wait as long for it again.
            return turn == ShortTurn || time.GetElapsedTime(asked) > LongTurn
                ? await WithoutPatience(connection, work)
                : await work(connection);
        }
        catch (SqliteException failure) when (FailureOf(failure) is { } known)
        {
            throw known;
        }
        finally
        {
            gate.Release();
        }
    }

    private static async Task<T> WithoutPatience<T>(SqliteConnection connection, Func<SqliteConnection, Task<T>> work)
    {
        connection.Execute("pragma busy_timeout = 500");
        try
        {
            return await work(connection);
        }
        finally
        {
            connection.Execute(BusyTimeout);
        }
    }

    private async Task<PreparedConnection> Reader(CancellationToken ct)
    {
        if (!readers.TryPop(out var idle)) return await Open(new PreparedConnection(readString, GiveBack), ct);
        try
        {
            Demand(lasting: null);
            return idle;
        }
        catch
        {
            idle.Discard();
            throw;
        }
    }

    private void GiveBack(PreparedConnection reader)
    {
        if (readers.Count < MostIdleReaders) readers.Push(reader);
        else reader.Discard();
        if (isDisposed) CloseReaders();
    }

    private void CloseReaders()
    {
        while (readers.TryPop(out var idle)) idle.Discard();
    }

    private async Task<PreparedConnection> Open(PreparedConnection connection, CancellationToken ct)
    {
        Demand(lasting: null);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw FailureOf(failure) ?? (Exception)failure;
        }
    }

    /// <summary>Nothing goes into a file that nobody will find again, or into one that is damaged.</summary>
    private void Demand(StorageFault? lasting)
    {
        if ((file?.Fault ?? lasting) is { } fault) throw trouble.Met(fault, null);
    }

    private async Task<bool> InTransaction(SqliteConnection connection, Func<DatabaseTransaction, Task<bool>> work)
    {
        const string changes = "select total_changes()";
        using var transaction = connection.BeginTransaction(deferred: false);
        var before = trouble.Now is null ? 0 : connection.ExecuteScalar<long>(changes, transaction: transaction);
        if (!await work(new SqliteWrites(transaction, time))) return false;
        transaction.Commit();
        // A transaction that changed nothing wrote nothing, and proves nothing.
        if (trouble.Now is not null && connection.ExecuteScalar<long>(changes) > before) trouble.Ended();
        return true;
    }

    private PreparedConnection OpenWriter()
    {
        folder ??= options.BesideServer ? DataFolder.TryHold(options.RealFolder) : DataFolder.Hold(options.RealFolder);
        DatabaseFile.Demand(path, whole: IsSoleProcess, options.DespiteMove);
        file ??= new OpenedFile(path);
        var connection = new PreparedConnection(writeString);
        try
        {
            connection.Open();
            connection.Execute(BusyTimeout);
            connection.Execute("""
                pragma secure_delete = on;
                pragma journal_mode = wal;
                """);
            connection.Execute(options.SurvivePowerCut ? "pragma synchronous = full" : "pragma synchronous = normal");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
