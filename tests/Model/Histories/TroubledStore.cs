using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.SyncedEvents;

namespace CleanSync.Model.Histories;

/// <summary>The store, with the commits that a history lets go wrong.</summary>
internal sealed class TroubledStore(
    ISyncStore store,
    IMailboxLeases leases,
    ISyncedEventRepository events,
    Troubles troubles,
    Watch watch,
    TimeProvider time) : ISyncStore
{
    public async Task<bool> Commit(ChangeSet entry, CancellationToken ct)
    {
        if (troubles.PowerIsOff) throw new PowerIsOff();
        var trouble = troubles.NextCommit();
        troubles.HasBroken |= trouble is not null;
        switch (trouble)
        {
            case CommitTrouble.DatabaseError:
                throw new DatabaseBroke();
            case CommitTrouble.CrashBefore:
                troubles.PowerIsOff = true;
                throw new PowerIsOff();
            case CommitTrouble.CrashAfter:
                await Watched(entry, ct);
                troubles.PowerIsOff = true;
                throw new PowerIsOff();
            case CommitTrouble.LeaseTaken when entry.Lease is { } lease:
                var late = time.GetUtcNow().AddDays(1);
                if (await leases.TryTake(lease.LinkId, "another node", late, late, ct) is { } theirs) await leases.Release(theirs, ct);
                break;
            case CommitTrouble.Stalled when entry.Lease is { } lease:
                await troubles.WhileStalled(lease.LinkId);
                break;
        }

        return await Watched(entry, ct);
    }

    private async Task<bool> Watched(ChangeSet entry, CancellationToken ct)
    {
        var before = entry.Removals.Count > 0 ? await events.OfLink(entry.Removals[0].LinkId, ct) : [];
        if (!await store.Commit(entry, ct)) return false;
        watch.Committed(entry, before);
        return true;
    }
}

/// <summary>Leases that a crashed process can neither take nor give back.</summary>
internal sealed class TroubledLeases(IMailboxLeases leases, Troubles troubles, Watch watch) : IMailboxLeases
{
    public async Task<MailboxLease?> TryTake(
        Guid linkId,
        string owner,
        DateTimeOffset now,
        DateTimeOffset until,
        CancellationToken ct)
    {
        if (troubles.PowerIsOff) throw new PowerIsOff();
        var lease = await leases.TryTake(linkId, owner, now, until, ct);
        if (lease is not null) watch.Taken(linkId, owner, now, lease);
        return lease;
    }

    public async Task<bool> Renew(MailboxLease lease, DateTimeOffset until, CancellationToken ct)
    {
        if (troubles.PowerIsOff) throw new PowerIsOff();
        if (!await leases.Renew(lease, until, ct)) return false;
        watch.Renewed(lease, until);
        return true;
    }

    public async Task Release(MailboxLease lease, CancellationToken ct)
    {
        if (troubles.PowerIsOff) return;
        await leases.Release(lease, ct);
        watch.Released(lease);
    }
}
