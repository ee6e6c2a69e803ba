using CleanSync.Application.Syncing.Locks;
using CleanSync.Infrastructure.Persistence.Sqlite;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Links;

/// <summary>
/// Leases as columns of the link. A lease in this owner's name that this process did not take is from before a restart and is taken back at
/// once; one that it did take holds off its own passes and pushes like anybody else's.
/// </summary>
internal sealed class MailboxLeases(Database database) : IMailboxLeases
{
    /// <summary>Token of the last lease that this process took of each link; only touched behind the database's write gate.</summary>
    private readonly Dictionary<Guid, long> taken = [];

    public async Task<MailboxLease?> TryTake(Guid linkId, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken ct)
    {
        const string sql = """
            update staff_calendar_links set lease_owner = @owner, lease_token = lease_token + 1, lease_until = @until
            where id = @linkId and (lease_until is null or lease_until <= @now or (lease_owner = @owner and lease_token <> @held))
            returning lease_token
            """;
        long? token = null;
        await database.Write(
            transaction =>
            {
                var held = taken.GetValueOrDefault(linkId);
                token = transaction.Connection!.QuerySingleOrDefault<long?>(sql, new { linkId, owner, now, until, held }, transaction);
                if (token is { } mine) taken[linkId] = mine;
                return token is not null;
            },
            ct);
        return token is { } taking ? new MailboxLease(linkId, taking, until) : null;
    }

    public Task<bool> Renew(MailboxLease lease, DateTimeOffset until, CancellationToken ct)
    {
        const string sql = """
            update staff_calendar_links set lease_until = @until
            where id = @LinkId and lease_token = @Token and lease_owner is not null
            """;
        return database.Write(
            transaction => transaction.Connection!.Execute(sql, new { until, lease.LinkId, lease.Token }, transaction) == 1, ct);
    }

    public Task Release(MailboxLease lease, CancellationToken ct)
    {
        const string sql = """
            update staff_calendar_links set lease_owner = null, lease_until = null
            where id = @LinkId and lease_token = @Token
            """;
        return database.Write(transaction => transaction.Connection!.Execute(sql, new { lease.LinkId, lease.Token }, transaction) == 1, ct);
    }
}
