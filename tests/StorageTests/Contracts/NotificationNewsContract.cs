using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.StorageTests.Databases;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What one node hears is known to the others, while it lives.</summary>
public abstract class NotificationNewsContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly SyncOptions Options = new();

    [Fact]
    public async Task What_a_node_tells_is_known_to_the_others_and_not_to_itself()
    {
        var (north, south) = (await Node("north"), await Node("south"));
        var heard = new HeardCalendar(Db.Link.Id, NotificationMode.Streaming, null, Now);
        await north.Tell([heard], Ct);
        Assert.Equal(heard, Assert.Single(await south.OfOthers(Ct)));
        Assert.Empty(await north.OfOthers(Ct));
        var refused = heard with { Mode = NotificationMode.Polling, Reason = "Exchange refused notifications.", AsOf = null };
        await north.Tell([refused], Ct);
        Assert.Equal(refused, Assert.Single(await south.OfOthers(Ct)));
        await north.Forget([Db.Link.Id], Ct);
        Assert.Empty(await south.OfOthers(Ct));
    }

    [Fact]
    public async Task Of_a_node_that_is_dead_nothing_holds_any_more()
    {
        var (north, south) = (await Node("north"), await Node("south"));
        await north.Tell([new HeardCalendar(Db.Link.Id, NotificationMode.Streaming, null, Now)], Ct);
        Db.Time.Advance(Options.LeaseFor);
        Assert.Empty(await south.OfOthers(Ct));
    }

    [Fact]
    public async Task Whoever_listens_by_now_tells_and_the_former_listener_takes_nothing_away()
    {
        var (north, south) = (await Node("north"), await Node("south"));
        var heard = new HeardCalendar(Db.Link.Id, NotificationMode.Streaming, null, Now);
        await north.Tell([heard], Ct);
        await south.Tell([heard], Ct);
        await north.Forget([Db.Link.Id], Ct);
        Assert.Equal(heard, Assert.Single(await north.OfOthers(Ct)));
    }

    [Fact]
    public async Task A_link_that_is_gone_is_told_of_in_vain()
    {
        var (north, south) = (await Node("north"), await Node("south"));
        await north.Tell([new HeardCalendar(Guid.NewGuid(), NotificationMode.Streaming, null, Now)], Ct);
        Assert.Empty(await south.OfOthers(Ct));
    }

    private async Task<NotificationNews> Node(string name)
    {
        var life = new NodeLife(Guid.NewGuid());
        await new NodeRegistry(Db.Store, life, Options with { NodeName = name }).Enter(Ct);
        return new NotificationNews(Db.Store, life);
    }
}
