using CleanSync.Application.Syncing.Locks;
using CleanSync.Infrastructure.Persistence.Nodes;

namespace CleanSync.Infrastructure.Persistence.Links;

/// <summary>
/// Leases have a table of their own, and end by the database's clock. Beside its token a lease is known by the life that took it: a
/// database that was set back may give the same token again. What a life held that is over stays held until its end: nobody can prove
/// that it does nothing more.
/// </summary>
internal sealed class MailboxLeases(Database database, NodeLife life, TimeProvider time) : IMailboxLeases
{
    public async Task<MailboxLease?> TryTake(Guid linkId, string owner, TimeSpan span, CancellationToken ct)
    {
        const string row = "select 1 from mailbox_leases where link_id = @linkId";
        const string sql = """
            insert into mailbox_leases (link_id, token, owner, life, held_until)
            select id, 1, @owner, @life, @until from staff_calendar_links where id = @linkId
            on conflict (link_id) do update set
                token = mailbox_leases.token + 1, owner = excluded.owner, life = excluded.life, held_until = excluded.held_until
            where mailbox_leases.held_until is null or mailbox_leases.held_until <= @now
            returning token
            """;
        long? token = null;
        var until = time.GetUtcNow() + span;
        await database.Write(
            async transaction =>
            {
                await transaction.LockExclusive(row, new { linkId }); // what was waited for is over before the clock is read
                var now = await transaction.Now();
                token = await transaction.QuerySingleOrDefault<long?>(sql, new { linkId, owner, life = life.Id, now, until = now + span });
                return token is not null;
            },
            ct);
        return token is { } taking ? new MailboxLease(linkId, taking, life.Id, until) : null;
    }

    public Task<bool> Renew(MailboxLease lease, TimeSpan span, CancellationToken ct)
    {
        const string row = "select 1 from mailbox_leases where link_id = @LinkId and token = @Token and life = @Life";
        const string sql = "update mailbox_leases set held_until = @until where link_id = @LinkId and token = @Token and life = @Life";
        return database.Write(
            async transaction =>
            {
                if (!await transaction.LockExclusive(row, new { lease.LinkId, lease.Token, lease.Life })) return false;
                var until = await transaction.Now() + span;
                return await transaction.Execute(sql, new { until, lease.LinkId, lease.Token, lease.Life }) == 1;
            },
            ct);
    }

    /// <summary>The claim ends with the work.</summary>
    public Task Release(MailboxLease lease, CancellationToken ct)
    {
        const string sql = """
            update mailbox_leases set owner = null, life = null, held_until = null, claimed_by = null, claimed_until = null
            where link_id = @LinkId and token = @Token and life = @Life
            """;
        return database.Write(
            async transaction => await transaction.Execute(sql, new { lease.LinkId, lease.Token, lease.Life }) == 1, ct);
    }
}
