using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.Infrastructure.Scheduling.Singletons;
using CleanSync.Infrastructure.Traffic;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>What only one node does at a time, and what becomes of it when that node stands still.</summary>
public abstract class SoleWorkContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly SyncOptions Options = new();

    [Fact]
    public async Task While_one_node_is_at_it_the_other_does_nothing_and_afterwards_it_may()
    {
        var (north, south) = (Node(), Node());
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var work = north.Run("sweeping", _ => Begin(begun, goOn), Ct);
        await begun.Task;
        await south.Run("sweeping", _ => throw new InvalidOperationException("There is one broom."), Ct);
        goOn.SetResult();
        await work;
        var swept = false;
        await south.Run("sweeping", _ => Task.FromResult(swept = true), Ct);
        Assert.True(swept);
    }

    [Fact]
    public async Task Work_that_lasts_keeps_its_lease()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var work = Node().Run("sweeping", _ => Begin(begun, goOn), Ct);
        await begun.Task;
        for (var n = 0; n < 12; n++)
        {
            var before = await HeldUntil();
            Db.Time.Advance(Options.LeaseFor / 5);
            await Until(async () => await HeldUntil() > before);
        }

        Assert.Null(await Leases().TryTake("sweeping", Options.LeaseFor, Ct));
        goOn.SetResult();
        await work;
    }

    [Fact]
    public async Task A_node_that_stood_still_past_the_lease_stops_its_work()
    {
        var begun = new TaskCompletionSource();
        var stopped = false;
        var work = Node().Run(
            "sweeping",
            async stop =>
            {
                begun.SetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, stop);
                }
                finally
                {
                    stopped = true;
                }
            },
            Ct);
        await begun.Task;
        await Db.Store.Execute("update work_leases set held_until = @now", new { now = Db.Time.GetUtcNow() }, Ct);
        var other = Leases();
        var theirs = (await other.TryTake("sweeping", Options.LeaseFor, Ct))!;
        Db.Time.Advance(Options.LeaseFor / 5);
        await work;
        Assert.True(stopped);
        Assert.True(await other.Renew(theirs, Options.LeaseFor, Ct), "What ended late gives nothing back that is another's.");
    }

    [Fact]
    public async Task A_password_that_is_not_known_to_work_is_tried_by_one_node_at_a_time()
    {
        using var north = Limit();
        using var south = Limit();
        var account = ServiceAccount.CountedName("svc@contoso.example");
        var first = await north.Turn(account, Ct);
        var second = south.Turn(account, Ct);
        for (var n = 0; n < 5; n++) Db.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(second.IsCompleted);
        Assert.True(await first.Holds(Ct));
        await first.DisposeAsync();
        await Until(() =>
        {
            Db.Time.Advance(TimeSpan.FromMilliseconds(200));
            return Task.FromResult(second.IsCompleted);
        });
        await (await second).DisposeAsync();
    }

    [Fact]
    public async Task One_node_listens_to_an_integration_and_another_takes_it_over_when_that_one_stops_dies_or_need_not_any_more()
    {
        var options = new NotificationOptions();
        var (north, south) = (new ListeningLeases(Leases(), options), new ListeningLeases(Leases(), options));
        var (berlin, munich) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal(new HashSet<Guid> { berlin, munich }, await north.Review(new HashSet<Guid> { berlin, munich }, Ct));
        Assert.Empty(await south.Review(new HashSet<Guid> { berlin, munich }, Ct));
        Assert.Equal(new HashSet<Guid> { berlin }, await north.Review(new HashSet<Guid> { berlin }, Ct));
        Assert.Equal(new HashSet<Guid> { munich }, await south.Review(new HashSet<Guid> { berlin, munich }, Ct));
        Db.Time.Advance(options.Review * 3);
        Assert.Equal(new HashSet<Guid> { berlin }, await south.Review(new HashSet<Guid> { berlin }, Ct));
        Assert.Empty(await north.Review(new HashSet<Guid> { berlin }, Ct));
        await south.ReleaseAll(Ct);
        Assert.Equal(new HashSet<Guid> { berlin }, await north.Review(new HashSet<Guid> { berlin }, Ct));
    }

    private static async Task Begin(TaskCompletionSource begun, TaskCompletionSource goOn)
    {
        begun.SetResult();
        await goOn.Task;
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        while (!await holds()) await Task.Delay(5, Ct);
    }

    private async Task<DateTimeOffset> HeldUntil()
    {
        DateTimeOffset? until = null;
        await Db.Store.Write(
            async t =>
            {
                until = await t.QuerySingleOrDefault<DateTimeOffset?>("select held_until from work_leases where work = 'sweeping'");
                return true;
            },
            Ct);
        return until!.Value;
    }

    private WorkLeases Leases() => new(Db.Store, new NodeLife(Guid.NewGuid()));

    private SoleWork Node() => new(Leases(), Options, Db.Time, NullLogger<SoleWork>.Instance);

    private LogonLimit Limit() => new(new RefusedLogons(Db.Store), Leases(), new EwsCallSigns(), Options, Db.Time);
}
