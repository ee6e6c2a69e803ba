using CleanSync.Application;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CleanSync.Infrastructure.Persistence.Postgres.Start;

/// <summary>
/// Of several nodes that start at once one prepares the database, and the others wait. The lock belongs to the connection: closing it is
/// the only way to give it back, and no failure leaves it behind.
/// </summary>
internal sealed class PostgresStartLock(NpgsqlConnection connection, TimeProvider time, ILogger logger)
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(10);

    public async Task Take(CancellationToken ct)
    {
        var begun = time.GetTimestamp();
        var told = TimeSpan.Zero;
        while (!await Try(ct))
        {
            var waited = time.GetElapsedTime(begun);
            if (waited >= Longest)
            {
                throw new StartRefused(
                    $"Another CleanSync node has been preparing the database for {Longest.TotalMinutes:0} minutes. "
                    + "Look at its log; the session that waits or works is in pg_stat_activity, with the application name CleanSync.");
            }

            if (waited - told >= Told)
            {
                told = waited;
                logger.LogInformation(
                    "Another node prepares the database; this one has waited for {Seconds} seconds and goes on waiting", (int)waited.TotalSeconds);
            }

            await Task.Delay(Look, time, ct);
        }
    }

    private async Task<bool> Try(CancellationToken ct)
    {
        const string sql = "select pg_try_advisory_lock(7305811942163456321)";
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
