using System.Data.Common;
using Dapper;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>What <see cref="Database.Write"/> runs its statements on.</summary>
internal abstract class DatabaseTransaction(DbTransaction transaction)
{
    private DbConnection Connection => transaction.Connection!;

    /// <summary>How many rows were changed; with a list of arguments, by all its runs together.</summary>
    public Task<int> Execute(string sql, object? arguments = null) => Connection.ExecuteAsync(sql, arguments, transaction);

    public Task<T?> ExecuteScalar<T>(string sql, object? arguments = null) => Connection.ExecuteScalarAsync<T>(sql, arguments, transaction);

    public Task<T?> QuerySingleOrDefault<T>(string sql, object? arguments = null) =>
        Connection.QuerySingleOrDefaultAsync<T>(sql, arguments, transaction);

    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? arguments = null) =>
        (await Connection.QueryAsync<T>(sql, arguments, transaction)).AsList();

    /// <summary>
    /// What leases and due times are judged by: one clock for all nodes, read when it is asked and not when the transaction began.
    /// </summary>
    public abstract Task<DateTimeOffset> Now();

    /// <summary>Rows that stay as they are until the transaction ends, and that nobody else locks before.</summary>
    public Task<IReadOnlyList<T>> QueryLocked<T>(string select, object arguments) => Query<T>(select + ExclusiveLock, arguments);

    /// <summary>
    /// True when the select finds a row. What it finds stays as it is until the transaction ends, however isolated the database runs it;
    /// others may rely on the same row meanwhile.
    /// </summary>
    public async Task<bool> LockShared(string select, object arguments) => (await Query<long>(select + SharedLock, arguments)).Count > 0;

    /// <summary>
    /// The same, and nobody else changes the row, or relies on it, before the transaction ends; rows that refer to it may be stored.
    /// </summary>
    public async Task<bool> LockExclusive(string select, object arguments) =>
        (await Query<long>(select + ExclusiveLock, arguments)).Count > 0;

    /// <summary>The same for a row that is about to be deleted: nobody stores one that refers to it either.</summary>
    public async Task<bool> LockForRemoval(string select, object arguments) =>
        (await Query<long>(select + RemovalLock, arguments)).Count > 0;

    /// <summary>
    /// Runs one statement for many rows, as fast as this database can. True when it hit exactly one stored row for each given one; it stops
    /// at the first that it did not.
    /// </summary>
    public abstract Task<bool> AffectsEach<T>(string sql, IReadOnlyCollection<T> rows);

    /// <summary>What a select ends with that locks its rows; empty where one transaction writes at a time.</summary>
    protected abstract string SharedLock { get; }

    protected abstract string ExclusiveLock { get; }

    protected abstract string RemovalLock { get; }
}
