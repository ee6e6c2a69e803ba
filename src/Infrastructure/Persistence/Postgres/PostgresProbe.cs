using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Postgres.Start;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres;

/// <summary>Tries the database: a tiny write, and a look at whose database it is and which schema it has.</summary>
internal sealed class PostgresProbe(PostgresDatabase database, TimeProvider time) : IDatabaseProbe
{
    public async Task Demand(CancellationToken ct)
    {
        const string sql = "update readiness_probe set probed_at = @now where one = 1";
        try
        {
            await database.Write(async transaction => await transaction.Execute(sql, new { now = time.GetUtcNow() }) == 1, ct);
            await Look(ct);
        }
        catch (PostgresException failure) when (
            failure.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            throw database.FailureOf(StorageFault.OtherDatabase, failure);
        }
    }

    private async Task Look(CancellationToken ct)
    {
        const string sql = "select id from installation";
        await using var connection = await database.Writer(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        var whose = await command.ExecuteScalarAsync(ct) as Guid?;
        if (database.Installation is { } ours && whose != ours) throw database.FailureOf(StorageFault.OtherDatabase);
        if (PostgresScripts.IsNewer(await PostgresScripts.Ran(connection, ct) ?? []))
            throw database.FailureOf(StorageFault.OfNewerVersion);
    }
}
