using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Infrastructure.Persistence.Nodes;

namespace CleanSync.Infrastructure.Persistence.Postgres.Nodes;

/// <summary>
/// Claims stand with the leases, in a row of their own for each calendar. Rows that another node is claiming just now are passed over and
/// not waited for; whether one is free is judged on the locked row.
/// </summary>
internal sealed class CalendarClaims(Database database, NodeLife life, SyncOptions options) : ICalendarClaims
{
    /// <summary>So many times what runs side by side are claimed at once: enough to be busy, and the others get theirs.</summary>
    private const int Rounds = 4;

    public Task<DateTimeOffset> Now(CancellationToken ct) => database.Now(ct);

    public async Task<ClaimedCalendars> Claim(IReadOnlyList<Guid> due, CancellationToken ct)
    {
        const string rows = """
            insert into mailbox_leases (link_id, token)
            select id, 0 from staff_calendar_links where id in @due order by id
            on conflict do nothing
            """;
        const string claim = """
            with free as materialized (
                select m.link_id from unnest(@due) with ordinality d (id, place) join mailbox_leases m on m.link_id = d.id
                where (m.held_until is null or m.held_until <= clock_timestamp())
                    and (m.claimed_until is null or m.claimed_until <= clock_timestamp() or m.claimed_by = @me)
                order by d.place limit @most
                for no key update of m skip locked)
            update mailbox_leases m set claimed_by = @me, claimed_until = clock_timestamp() + @span
            from free where m.link_id = free.link_id
            returning m.link_id
            """;
        if (due.Count == 0) return new ClaimedCalendars(new HashSet<Guid>(), AreAll: true);
        var most = options.Parallelism * Rounds;
        IReadOnlyList<Guid> claimed = [];
        await database.Write(
            async transaction =>
            {
                var all = new KeyList<Guid>(due);
                await transaction.Execute(rows, new { due = all });
                claimed = await transaction.Query<Guid>(claim, new { due = all, me = life.Id, span = options.LeaseFor, most });
                return true;
            },
            ct);
        return new ClaimedCalendars(claimed.ToHashSet(), AreAll: claimed.Count < most);
    }

    public Task GiveBackAll(CancellationToken ct)
    {
        const string sql = "update mailbox_leases set claimed_by = null, claimed_until = null where claimed_by = @me";
        return database.Write(async transaction => await transaction.Execute(sql, new { me = life.Id }) >= 0, ct);
    }
}
