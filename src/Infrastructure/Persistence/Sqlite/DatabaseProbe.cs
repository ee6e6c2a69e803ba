using CleanSync.Application;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

/// <summary>Tries the database: a tiny write, and a look with fresh eyes at whose file it is and which schema it has.</summary>
internal sealed class DatabaseProbe(SqliteDatabase database, DatabaseOptions options, TimeProvider time) : IDatabaseProbe
{
    private const long LeastRoom = 1024 * 1024;
    private const int NoSuchTable = 1;

    /// <summary>Throws <see cref="StorageFailure"/> when the database cannot be used as it should be.</summary>
    public async Task Demand(CancellationToken ct)
    {
        // What is free within SQLite's own files would take a tiny write although nothing else has room.
        if (IsFull) throw database.FailureOf(StorageFault.DiskFull);
        await Write(ct);
        try
        {
            await Look(ct);
        }
        catch (SqliteException failure)
        {
            var otherwise = failure.SqliteErrorCode == NoSuchTable ? StorageFault.Replaced : StorageFault.Unreadable;
            throw database.FailureOf(failure) ?? database.FailureOf(otherwise, failure);
        }
    }

    private bool IsFull => Directory.Exists(options.RealFolder) && new DriveInfo(options.RealFolder).AvailableFreeSpace < LeastRoom;

    private async Task Write(CancellationToken ct)
    {
        const string sql = "update readiness_probe set probed_at = @now where one = 1";
        try
        {
            await database.Briefly(async transaction => await transaction.Execute(sql, new { now = time.GetUtcNow() }), ct);
        }
        catch (StorageFailure busy) when (busy.Fault is StorageFault.Busy && database.Fault is null)
        {
            // somebody is writing just now, which shows it as well
        }
    }

    private async Task Look(CancellationToken ct)
    {
        const string sql = "select id from installation";
        await using var connection = await database.ReadAfresh(ct);
        var whose = await connection.QuerySingleOrDefaultAsync<Guid>(new CommandDefinition(sql, cancellationToken: ct));
        if (database.Installation is { } ours && whose != ours) throw database.FailureOf(StorageFault.Replaced);
        if (DatabaseFile.IsNewer(DatabaseFile.Scripts(connection))) throw database.FailureOf(StorageFault.OfNewerVersion);
    }
}
