using CleanSync.Application.Syncing.Locks;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What <see cref="IWorkLeases"/> promises.</summary>
public abstract class WorkLeaseContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Of_two_nodes_one_has_the_work_until_it_gives_it_back()
    {
        var (north, south) = (Node(), Node());
        var lease = (await north.TryTake("sweeping", Span, Ct))!;
        Assert.Null(await south.TryTake("sweeping", Span, Ct));
        Assert.Null(await north.TryTake("sweeping", Span, Ct));
        Assert.NotNull(await south.TryTake("washing", Span, Ct));
        await north.Release(lease, Ct);
        var next = (await south.TryTake("sweeping", Span, Ct))!;
        Assert.True(next.Token > lease.Token);
        Assert.False(await north.Renew(lease, Span, Ct));
        await north.Release(lease, Ct); // late, and no longer its own
        Assert.True(await south.Renew(next, Span, Ct));
    }

    [Fact]
    public async Task A_lease_that_has_ended_is_anothers_and_cannot_be_renewed_even_before_it_is()
    {
        var (north, south) = (Node(), Node());
        var lease = (await north.TryTake("sweeping", Span, Ct))!;
        Db.Time.Advance(Span - TimeSpan.FromSeconds(1));
        Assert.True(await north.Renew(lease, Span, Ct));
        Db.Time.Advance(Span - TimeSpan.FromSeconds(1));
        Assert.Null(await south.TryTake("sweeping", Span, Ct));
        Db.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await north.Renew(lease, Span, Ct));
        Assert.NotNull(await south.TryTake("sweeping", Span, Ct));
    }

    [Fact]
    public async Task Of_many_takers_at_once_one_has_it()
    {
        var nodes = Enumerable.Range(0, 12).Select(_ => Node()).ToList();
        var taken = await Task.WhenAll(nodes.Select(n => Task.Run(() => n.TryTake("raced", Span, Ct), Ct)));
        Assert.Single(taken, lease => lease is not null);
    }

    private WorkLeases Node() => new(Db.Store, new NodeLife(Guid.NewGuid()));
}
