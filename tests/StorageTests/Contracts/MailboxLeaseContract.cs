using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="CleanSync.Application.Syncing.Locks.IMailboxLeases"/> promises.</summary>
public abstract class MailboxLeaseContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_held_lease_is_nobody_elses_and_not_taken_twice()
    {
        var link = await NewLink("held");
        var lease = (await db.Leases.TryTake(link.Id, "node", Span, Ct))!;
        Assert.Equal(db.Time.GetUtcNow() + Span, lease.Until);
        db.Time.Advance(Span - TimeSpan.FromMilliseconds(1));
        Assert.Null(await db.Leases.TryTake(link.Id, "other", Span, Ct));
        Assert.Null(await db.Leases.TryTake(link.Id, "node", Span, Ct));
    }

    [Fact]
    public async Task A_released_lease_can_be_taken_with_a_higher_token()
    {
        var link = await NewLink("released");
        var first = (await db.Leases.TryTake(link.Id, "node", Span, Ct))!;
        await db.Leases.Release(first, Ct);
        var second = (await db.Leases.TryTake(link.Id, "other", Span, Ct))!;
        Assert.True(second.Token > first.Token);
        await db.Leases.Release(first, Ct); // late, and no longer ours
        Assert.True(await db.Leases.Renew(second, Span, Ct));
    }

    [Fact]
    public async Task An_expired_lease_is_taken_over_and_then_lost()
    {
        var link = await NewLink("expired");
        var lost = (await db.Leases.TryTake(link.Id, "node", Span, Ct))!;
        db.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await db.Leases.Renew(lost, Span, Ct));
        db.Time.Advance(Span - TimeSpan.FromMinutes(1));
        Assert.Null(await db.Leases.TryTake(link.Id, "other", Span, Ct));
        db.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await db.Leases.TryTake(link.Id, "other", Span, Ct));
        Assert.False(await db.Leases.Renew(lost, Span, Ct));
    }

    [Fact]
    public async Task Another_life_of_a_node_waits_for_the_end_of_the_lease_because_nobody_knows_that_the_former_one_is_over()
    {
        var link = await NewLink("restarted");
        var before = (await db.Leases.TryTake(link.Id, "node", Span, Ct))!;
        var restarted = new MailboxLeases(db.Store, new NodeLife(Guid.NewGuid()), db.Time);
        Assert.Null(await restarted.TryTake(link.Id, "node", Span, Ct));
        db.Time.Advance(Span);
        var after = (await restarted.TryTake(link.Id, "node", Span, Ct))!;
        Assert.True(after.Token > before.Token);
        Assert.False(await db.Leases.Renew(before, Span, Ct));
        Assert.False(await db.Leases.Renew(after with { Life = before.Life }, Span, Ct), "The token alone is no proof.");
    }

    [Fact]
    public async Task Of_many_takers_at_once_one_gets_the_lease()
    {
        var link = await NewLink("raced");
        var taken = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => db.Leases.TryTake(link.Id, $"node-{i % 2}", Span, Ct), Ct)));
        Assert.Single(taken, lease => lease is not null);
    }

    private Task<StaffCalendarLink> NewLink(string staffId) => db.Linked(Sample.Link(db.Integration.Id, staffId));
}
