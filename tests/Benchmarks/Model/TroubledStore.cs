using CleanSync.Application.Syncing;

namespace CleanSync.Benchmarks.Model;

/// <summary>The ledger, with the commits that a history lets go wrong.</summary>
internal sealed class TroubledLedger(ISyncLedger ledger, IMailboxLeases leases, Troubles troubles, TimeProvider time) : ISyncLedger
{
    public async Task<bool> Commit(LedgerEntry entry, CancellationToken ct)
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
                await ledger.Commit(entry, ct);
                troubles.PowerIsOff = true;
                throw new PowerIsOff();
            case CommitTrouble.LeaseTaken when entry.Lease is { } lease:
                var late = time.GetUtcNow().AddDays(1);
                if (await leases.TryTake(lease.LinkId, "another node", late, late, ct) is { } theirs) await leases.Release(theirs, ct);
                break;
        }

        return await ledger.Commit(entry, ct);
    }
}

/// <summary>Leases that a crashed process can neither take nor give back.</summary>
internal sealed class TroubledLeases(IMailboxLeases leases, Troubles troubles) : IMailboxLeases
{
    public Task<MailboxLease?> TryTake(Guid linkId, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken ct) =>
        troubles.PowerIsOff ? throw new PowerIsOff() : leases.TryTake(linkId, owner, now, until, ct);

    public Task<bool> Renew(MailboxLease lease, DateTimeOffset until, CancellationToken ct) =>
        troubles.PowerIsOff ? throw new PowerIsOff() : leases.Renew(lease, until, ct);

    public Task Release(MailboxLease lease, CancellationToken ct) => troubles.PowerIsOff ? Task.CompletedTask : leases.Release(lease, ct);
}
