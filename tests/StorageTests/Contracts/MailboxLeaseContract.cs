using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="CleanSync.Application.Syncing.Locks.IMailboxLeases"/> promises.</summary>
public abstract class MailboxLeaseContract<TDatabase>(TDatabase db) : IClassFixture<TDatabase>
    where TDatabase : TemporaryDatabase
{
    private static readonly DateTimeOffset Now = TemporaryDatabase.Now;
    private static readonly DateTimeOffset Until = Now.AddMinutes(5);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_held_lease_is_nobody_elses_and_not_taken_twice()
    {
        var link = await NewLink("held");
        var lease = (await db.Leases.TryTake(link.Id, "node", Now, Until, Ct))!;
        Assert.Equal(Until, lease.Until);
        Assert.Null(await db.Leases.TryTake(link.Id, "other", Until.AddMicroseconds(-1), Until, Ct));
        Assert.Null(await db.Leases.TryTake(link.Id, "node", Now, Until, Ct));
    }

    [Fact]
    public async Task A_released_lease_can_be_taken_with_a_higher_token()
    {
        var link = await NewLink("released");
        var first = (await db.Leases.TryTake(link.Id, "node", Now, Until, Ct))!;
        await db.Leases.Release(first, Ct);
        var second = (await db.Leases.TryTake(link.Id, "other", Now, Until, Ct))!;
        Assert.True(second.Token > first.Token);
        await db.Leases.Release(first, Ct); // late, and no longer ours
        Assert.True(await db.Leases.Renew(second, Until.AddMinutes(1), Ct));
    }

    [Fact]
    public async Task An_expired_lease_is_taken_over_and_then_lost()
    {
        var link = await NewLink("expired");
        var lost = (await db.Leases.TryTake(link.Id, "node", Now, Until, Ct))!;
        Assert.True(await db.Leases.Renew(lost, Until.AddMinutes(1), Ct));
        Assert.Null(await db.Leases.TryTake(link.Id, "other", Until, Until.AddHours(1), Ct));
        Assert.NotNull(await db.Leases.TryTake(link.Id, "other", Until.AddMinutes(1), Until.AddHours(1), Ct));
        Assert.False(await db.Leases.Renew(lost, Until.AddHours(2), Ct));
    }

    [Fact]
    public async Task A_restarted_node_takes_its_own_lease_back_at_once()
    {
        var link = await NewLink("restarted");
        var before = (await db.Leases.TryTake(link.Id, "node", Now, Until, Ct))!;
        var restarted = new MailboxLeases(db.Store, new NodeLife(Guid.NewGuid()));
        Assert.Null(await restarted.TryTake(link.Id, "other", Now, Until, Ct));
        var after = (await restarted.TryTake(link.Id, "node", Now, Until, Ct))!;
        Assert.True(after.Token > before.Token);
        Assert.False(await db.Leases.Renew(before, Until, Ct));
        Assert.Null(await restarted.TryTake(link.Id, "node", Now, Until, Ct));
    }

    [Fact]
    public async Task Of_many_takers_at_once_one_gets_the_lease()
    {
        var link = await NewLink("raced");
        var taken = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => db.Leases.TryTake(link.Id, $"node-{i % 2}", Now, Until, Ct), Ct)));
        Assert.Single(taken, lease => lease is not null);
    }

    private Task<StaffCalendarLink> NewLink(string staffId) => db.Linked(Sample.Link(db.Integration.Id, staffId));
}
