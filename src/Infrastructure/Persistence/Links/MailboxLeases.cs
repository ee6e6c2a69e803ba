using CleanSync.Application.Syncing.Locks;

namespace CleanSync.Infrastructure.Persistence.Links;

/// <summary>
/// Leases have a table of their own. One in this node's name that another life of the node took is from before a restart and is taken back
/// at once; one that this life took holds off its own passes and pushes like anybody else's.
/// </summary>
internal sealed class MailboxLeases(Database database, NodeLife life) : IMailboxLeases
{
    public async Task<MailboxLease?> TryTake(
        Guid linkId,
        string owner,
        DateTimeOffset now,
        DateTimeOffset until,
        CancellationToken ct)
    {
        const string sql = """
            insert into mailbox_leases (link_id, token, owner, life, held_until)
            select id, 1, @owner, @life, @until from staff_calendar_links where id = @linkId
            on conflict (link_id) do update set
                token = mailbox_leases.token + 1, owner = excluded.owner, life = excluded.life, held_until = excluded.held_until
            where mailbox_leases.held_until is null or mailbox_leases.held_until <= @now
                or (mailbox_leases.owner = excluded.owner and mailbox_leases.life <> excluded.life)
            returning token
            """;
        long? token = null;
        await database.Write(
            async transaction =>
            {
                token = await transaction.QuerySingleOrDefault<long?>(
                    sql, new { linkId, owner, life = life.Id, now, until });
                return token is not null;
            },
            ct);
        return token is { } taking ? new MailboxLease(linkId, taking, until) : null;
    }

    public Task<bool> Renew(MailboxLease lease, DateTimeOffset until, CancellationToken ct)
    {
        const string sql = """
            update mailbox_leases set held_until = @until
            where link_id = @LinkId and token = @Token and owner is not null
            """;
        return database.Write(
            async transaction => await transaction.Execute(sql, new { until, lease.LinkId, lease.Token }) == 1, ct);
    }

    public Task Release(MailboxLease lease, CancellationToken ct)
    {
        const string sql = """
            update mailbox_leases set owner = null, life = null, held_until = null
            where link_id = @LinkId and token = @Token
            """;
        return database.Write(async transaction => await transaction.Execute(sql, new { lease.LinkId, lease.Token }) == 1, ct);
    }
}
