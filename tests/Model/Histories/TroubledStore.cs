using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure.Persistence;

namespace CleanSync.Model.Histories;

/// <summary>The store, with the commits that a history lets go wrong.</summary>
internal sealed class TroubledStore(
    ISyncStore store,
    Database database,
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
                const string ended = "update mailbox_leases set held_until = @now where link_id = @LinkId";
                await database.Execute(ended, new { now = time.GetUtcNow(), lease.LinkId }, ct);
                watch.Ended(lease.LinkId, time.GetUtcNow());
                if (await leases.TryTake(lease.LinkId, "another node", TimeSpan.FromDays(1), ct) is { } theirs) await leases.Release(theirs, ct);
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
internal sealed class TroubledLeases(IMailboxLeases leases, Troubles troubles, Watch watch, TimeProvider time) : IMailboxLeases
{
    public async Task<MailboxLease?> TryTake(Guid linkId, string owner, TimeSpan span, CancellationToken ct)
    {
        if (troubles.PowerIsOff) throw new PowerIsOff();
        var now = time.GetUtcNow();
        var lease = await leases.TryTake(linkId, owner, span, ct);
        if (lease is not null) watch.Taken(linkId, owner, now, lease);
        return lease;
    }

    public async Task<bool> Renew(MailboxLease lease, TimeSpan span, CancellationToken ct)
    {
        if (troubles.PowerIsOff) throw new PowerIsOff();
        var until = time.GetUtcNow() + span;
        if (!await leases.Renew(lease, span, ct)) return false;
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
