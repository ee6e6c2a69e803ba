using CleanSync.Application.Syncing;
using CleanSync.UnitTests.Persistence;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Syncing;

public sealed class MailboxTurnTests(TemporaryDatabase db) : IClassFixture<TemporaryDatabase>
{
    private readonly SyncOptions options = new();
    private readonly FakeTimeProvider clock = new(TemporaryDatabase.Now);

    [Fact]
    public async Task Whenever_a_call_is_reserved_the_lease_outlasts_its_deadline_by_the_margin()
    {
        await using var turn = await Enter("reserved");
        for (var second = 0; second < 1200; second++)
        {
            await turn.Reserve(TemporaryDatabase.Ct);
            Assert.True(turn.Lease.Until >= clock.GetUtcNow() + options.CallTimeout + options.LeaseMargin, $"After {second} s the lease is too short.");
            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_mailbox_that_another_node_took_over_gets_no_further_call()
    {
        await using var turn = await Enter("taken-over");
        clock.Advance(options.LeaseFor);
        Assert.NotNull(await db.Leases.TryTake(turn.LinkId, "another node", clock.GetUtcNow(), clock.GetUtcNow() + options.LeaseFor, TemporaryDatabase.Ct));
        await Assert.ThrowsAsync<LeaseWasLost>(() => turn.Reserve(TemporaryDatabase.Ct));
    }

    [Fact]
    public async Task A_decision_on_held_removals_ends_when_another_node_takes_the_mailbox_over()
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, "decided"));
        var held = new HeldDeletions(new MailboxTurns(db.Leases, options, clock, NullLogger<MailboxTurns>.Instance), db.Integrations, db.Events, null!, new TakenOver(db.Leases, link.Id, clock), null!, clock);
        await Assert.ThrowsAsync<LeaseWasLost>(() => held.Reject(link, TemporaryDatabase.Ct));
    }

    /// <summary>A ledger that finds the mailbox taken over at the moment of the commit.</summary>
    private sealed class TakenOver(IMailboxLeases leases, Guid link, TimeProvider time) : ISyncLedger
    {
        public async Task<bool> Commit(LedgerEntry entry, CancellationToken ct)
        {
            var late = time.GetUtcNow().AddDays(1);
            await leases.TryTake(link, "another node", late, late, ct);
            return false;
        }
    }

    private async Task<MailboxTurn> Enter(string staffId)
    {
        var link = await db.Linked(Sample.Link(db.Integration.Id, staffId));
        return (await new MailboxTurns(db.Leases, options, clock, NullLogger<MailboxTurns>.Instance).Enter(link.Id, TemporaryDatabase.Ct))!;
    }
}
