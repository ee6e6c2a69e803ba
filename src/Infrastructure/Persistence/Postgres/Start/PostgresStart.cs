using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Erasing;
using CleanSync.Infrastructure.Persistence.Events;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres.Start;

/// <summary>
/// Brings the database to this version's schema, one node at a time: a lock of the database is held for the whole of it by the connection
/// that does the work, and goes with that connection, however the process ends. Leases and nodes' names are left alone: other nodes live.
/// </summary>
internal sealed class PostgresStart(
    PostgresSettings settings,
    PostgresDatabase database,
    DatabaseOptions options,
    ExchangeTitles titles,
    TimeProvider time,
    ILogger<PostgresStart> logger) : IDatabaseStart
{
    public string Place => settings.Place;

    public IReadOnlyList<string> Servers => settings.Servers;

    public async Task<bool> IsThere(CancellationToken ct)
    {
        await using var connection = await Open(ct);
        return await PostgresScripts.Ran(connection, ct) is { Count: > 0 };
    }

    public async Task Run(CancellationToken ct)
    {
        try
        {
            await using (var connection = await Open(ct)) await Prepare(connection, ct);
            await Name(ct);
            if (!options.BesideServer) await ForgetTitles(ct);
        }
        catch (StorageFailure failure)
        {
            throw Refused($"cannot be used: {failure.Message}", failure);
        }
        catch (NpgsqlException failure) when (database.FailureOf(failure) is { } known)
        {
            throw Refused($"cannot be used: {known.Message}", failure);
        }
    }

    private async Task<NpgsqlConnection> Open(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(settings.Unpooled);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (NpgsqlException failure)
        {
            await connection.DisposeAsync();
            throw Unreachable(failure);
        }
    }

    private async Task Prepare(NpgsqlConnection connection, CancellationToken ct)
    {
        await PostgresLook.DemandServer(connection, Refused, ct);
        await new PostgresStartLock(connection, time, logger).Take(ct);
        var ran = await PostgresScripts.Ran(connection, ct);
        if (ran is not null && PostgresScripts.IsNewer(ran))
            throw Refused("was made by a newer version of CleanSync. Run that one, or restore the backup from before it.");
        if (ran?.Any(PostgresScripts.IsOurs) != true) await PostgresLook.DemandEmpty(connection, Refused, ct);
        var isPending = ran is null || PostgresScripts.Known.Except(ran).Any();
        if (!isPending) return;
        if (options.BesideServer && ran is { Count: > 0 })
            throw Refused("has the schema of an older version. Start this version's server first; this command changes no schema.");
        if (PostgresUpgrade.Run(connection) is { } problem)
            throw Refused($"could not be brought to this version's schema ({problem.Script}): {problem.Why}", problem.Cause);
    }

    /// <summary>A database keeps the name that its first start gave it, so that another one in its place is noticed.</summary>
    private Task<bool> Name(CancellationToken ct) => database.Write(
        async transaction =>
        {
            const string name = "insert into installation (one, id) values (1, @id) on conflict do nothing";
            const string known = "select id from installation";
            const string probe = "insert into readiness_probe (one) values (1) on conflict do nothing";
            await transaction.Execute(name, new { id = Guid.NewGuid() });
            await transaction.Execute(probe);
            database.Installation = await transaction.QuerySingleOrDefault<Guid>(known);
            return true;
        },
        ct);

    /// <summary>
    /// Another node may be reading them just now, which keeps none from starting: they go with the next start, or with vacuum.
    /// </summary>
    private async Task ForgetTitles(CancellationToken ct)
    {
        try
        {
            await titles.ForgetHidden(ct);
        }
        catch (DeletedBytesAreRead stillRead)
        {
            logger.LogWarning("{Message}", stillRead.Message);
        }
    }

    private StartRefused Unreachable(NpgsqlException failure) => failure is PostgresException { SqlState: var state } ? state switch
    {
        "3D000" => new StartRefused(
            $"There is no database {settings.Database} on the PostgreSQL server {settings.Host}. Let an administrator of it create one: "
            + $"create database {settings.Database} owner {settings.Account} template template0 encoding 'UTF8';",
            failure),
        "28P01" or "28000" => new StartRefused(
            $"The PostgreSQL server {settings.Host} refuses the account {settings.Account}. "
            + "Look at Username and Password in Database:ConnectionString, and at the server's pg_hba.conf.",
            failure),
        "42501" => new StartRefused(
            $"The account {settings.Account} may not connect to the database {settings.Place}. Grant it that right.", failure),
        _ => Refused($"cannot be used: {((PostgresException)failure).MessageText}", failure),
    }
    : new StartRefused(
        $"The PostgreSQL server {settings.Host} cannot be reached: {(failure.InnerException ?? failure).Message.TrimEnd('.')}. "
        + "Look whether it runs, and at Host and Port in Database:ConnectionString.",
        failure);

    private StartRefused Refused(string why, Exception? cause = null) => new($"The database {settings.Place} {why}", cause);
}
