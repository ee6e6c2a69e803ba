using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Storing;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Syncing;

public sealed class MailboxLockTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    private readonly SyncOptions options = new();
    private readonly FakeTimeProvider clock = new(TemporaryDatabase.Now);

    [Fact]
    public async Task Whenever_a_call_is_reserved_the_lease_outlasts_its_deadline_by_the_margin()
    {
        await using var turn = await Enter("reserved");
        for (var second = 0; second < 1200; second++)
        {
            await turn.Outlast(TemporaryDatabase.Ct);
            Assert.True(
                turn.Lease.Until >= clock.GetUtcNow() + options.CallTimeout + options.LeaseMargin,
                $"After {second} s the lease is too short.");
            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_mailbox_that_another_node_took_over_gets_no_further_call()
    {
        await using var turn = await Enter("taken-over");
        await db.Expire(turn.LinkId);
        clock.Advance(options.LeaseFor);
        Assert.NotNull(await db.Leases.TryTake(turn.LinkId, "another node", options.LeaseFor, TemporaryDatabase.Ct));
        await Assert.ThrowsAsync<LeaseWasLost>(() => turn.Outlast(TemporaryDatabase.Ct));
    }

    [Fact]
    public async Task A_decision_on_held_removals_ends_when_another_node_takes_the_mailbox_over()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "decided"));
        var held = new HeldDeletions(new MailboxLocks(db.Leases, options, clock, NullLogger<MailboxLocks>.Instance), db.Integrations,
            db.Events, null!, new TakenOver(db, link.Id), null!, clock);
        await Assert.ThrowsAsync<LeaseWasLost>(() => held.Reject(link, TemporaryDatabase.Ct));
    }

    [Fact]
    public async Task A_lease_whose_release_failed_does_not_lock_out_its_own_process()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "unreleased") with { NextSyncAt = clock.GetUtcNow() });
        var leases = new Unreleasable(db.Leases);
        var turns = new MailboxLocks(leases, options, clock, NullLogger<MailboxLocks>.Instance);
        leases.Fails = true;
        await (await turns.Take(link.Id, TemporaryDatabase.Ct))!.DisposeAsync();
        leases.Fails = false;
        await (await turns.Take(link.Id, TemporaryDatabase.Ct))!.DisposeAsync();

        leases.Fails = true;
        await (await turns.Take(link.Id, TemporaryDatabase.Ct))!.DisposeAsync();
        Assert.DoesNotContain(link.Id, await Due());
        leases.Fails = false;
        await turns.ReleaseLeftOvers(TemporaryDatabase.Ct);
        Assert.Contains(link.Id, await Due());
    }

    private async Task<IEnumerable<Guid>> Due() =>
        (await db.Links.Due(clock.GetUtcNow(), TemporaryDatabase.Ct)).Select(d => d.LinkId);

    private sealed class Unreleasable(IMailboxLeases leases) : IMailboxLeases
    {
        public bool Fails { get; set; }

        public Task<MailboxLease?> TryTake(Guid linkId, string owner, TimeSpan span, CancellationToken ct) =>
            leases.TryTake(linkId, owner, span, ct);

        public Task<bool> Renew(MailboxLease lease, TimeSpan span, CancellationToken ct) => leases.Renew(lease, span, ct);

        public Task Release(MailboxLease lease, CancellationToken ct) => Fails ? throw new IOException("full") : leases.Release(lease, ct);
    }

    /// <summary>A store that finds the mailbox taken over at the moment of the commit.</summary>
    private sealed class TakenOver(TemporaryDatabase db, Guid link) : ISyncStore
    {
        public async Task<bool> Commit(ChangeSet entry, CancellationToken ct)
        {
            await db.Expire(link);
            await db.Leases.TryTake(link, "another node", TimeSpan.FromMinutes(5), ct);
            return false;
        }
    }

    private async Task<MailboxLock> Enter(string staffId)
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, staffId));
        return (await new MailboxLocks(db.Leases, options, clock, NullLogger<MailboxLocks>.Instance).Take(link.Id, TemporaryDatabase.Ct))!;
    }
}
