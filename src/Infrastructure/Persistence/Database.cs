using Dapper;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// The SQLite file: any number of readers, and one writer behind a gate, so that nobody ever waits in SQLite's own coarse retry.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly DatabaseOptions options;
    private readonly string readString;
    private readonly string writeString;
    private IDisposable? folder;
    private SqliteConnection? writer;

    public Database(DatabaseOptions options)
    {
        StoredText.UseInDapper();
        this.options = options;
        var settings = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(options.Path), ForeignKeys = true };
        writeString = new SqliteConnectionStringBuilder(settings.ToString()) { Pooling = false }.ToString();
        readString = new SqliteConnectionStringBuilder(settings.ToString()) { Mode = SqliteOpenMode.ReadOnly }.ToString();
    }

    /// <summary>Whether this process has the data folder to itself; known from the first use of the writer on.</summary>
    public bool IsAlone => folder is not null;

    /// <summary>A connection that sees everything committed so far and can change nothing.</summary>
    public async Task<SqliteConnection> Read(CancellationToken ct)
    {
        var connection = new SqliteConnection(readString);
        await connection.OpenAsync(ct);
        return connection;
    }

    /// <summary>Runs one immediate transaction: committed when the work says true, rolled back when it says false or throws.</summary>
    public Task<bool> Write(Func<SqliteTransaction, bool> work, CancellationToken ct) => Alone(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            if (!work(transaction)) return false;
            transaction.Commit();
            return true;
        },
        ct);

    /// <summary>Runs alone on the writing connection, outside any transaction.</summary>
    public async Task<T> Alone<T>(Func<SqliteConnection, T> work, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            return work(writer ??= OpenWriter());
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        writer?.Dispose();
        using (var pooled = new SqliteConnection(readString)) SqliteConnection.ClearPool(pooled);
        folder?.Dispose();
        gate.Dispose();
    }

    private SqliteConnection OpenWriter()
    {
        folder ??= options.BesideServer ? DataFolder.TryHold(options.Folder) : DataFolder.Hold(options.Folder);
        DataFolder.Reserve(Path.GetFullPath(options.Path));
        var connection = new SqliteConnection(writeString);
        try
        {
            connection.Open();
            connection.Execute("""
                pragma busy_timeout = 10000;
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
