using CleanSync.Application.Syncing.Locks;

namespace CleanSync.Infrastructure.Persistence.Nodes;

/// <summary>The rows stay when their leases end, because tokens must go on rising.</summary>
internal sealed class WorkLeases(Database database, NodeLife life) : IWorkLeases
{
    public async Task<WorkLease?> TryTake(string work, TimeSpan span, CancellationToken ct)
    {
        const string lease = "select 1 from work_leases where work = @work";
        const string take = """
            insert into work_leases (work, token, holder, held_until) values (@work, 1, @holder, @until)
            on conflict (work) do update set
                token = work_leases.token + 1, holder = excluded.holder, held_until = excluded.held_until
            where work_leases.holder is null or work_leases.held_until <= @now
            returning token
            """;
        long? token = null;
        await database.Write(
            async transaction =>
            {
                await transaction.LockExclusive(lease, new { work }); // what was waited for is over before the clock is read
                var now = await transaction.Now();
                token = await transaction.QuerySingleOrDefault<long?>(take, new { work, holder = life.Id, now, until = now + span });
                return token is not null;
            },
            ct);
        return token is { } taken ? new WorkLease(work, taken) : null;
    }

    public Task<bool> Renew(WorkLease lease, TimeSpan span, CancellationToken ct)
    {
        const string row = "select 1 from work_leases where work = @Work and token = @Token and holder = @holder";
        const string renew = """
            update work_leases set held_until = @until
            where work = @Work and token = @Token and holder = @holder and held_until > @now
            """;
        return database.Write(
            async transaction =>
            {
                if (!await transaction.LockExclusive(row, new { lease.Work, lease.Token, holder = life.Id })) return false;
                var now = await transaction.Now();
                return await transaction.Execute(renew, new { lease.Work, lease.Token, holder = life.Id, now, until = now + span }) == 1;
            },
            ct);
    }

    public Task Release(WorkLease lease, CancellationToken ct)
    {
        const string sql =
            "update work_leases set holder = null, held_until = null where work = @Work and token = @Token and holder = @holder";
        return database.Write(
            async transaction => await transaction.Execute(sql, new { lease.Work, lease.Token, holder = life.Id }) == 1, ct);
    }
}
