using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.Infrastructure.Scheduling.Clocks;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Postgres;

/// <summary>Leases end by the server's clock, whatever the nodes' own clocks say.</summary>
public sealed class SharedClockTests : FreshDatabase<TemporaryPostgres>
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Db.Store.StandInClock = null;
    }

    [Fact]
    public async Task A_node_whose_clock_is_an_hour_ahead_takes_no_lease_that_is_held()
    {
        var ahead = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(1));
        Assert.NotNull(await Leases(TimeProvider.System).TryTake(Db.Link.Id, "right", TimeSpan.FromMinutes(5), Ct));
        Assert.Null(await Leases(ahead).TryTake(Db.Link.Id, "ahead", TimeSpan.FromMinutes(5), Ct));
    }

    [Fact]
    public async Task A_lease_of_a_node_whose_clock_is_an_hour_behind_lasts_as_long_as_any()
    {
        var behind = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(-1));
        Assert.NotNull(await Leases(behind).TryTake(Db.Link.Id, "behind", TimeSpan.FromMinutes(5), Ct));
        Assert.Null(await Leases(TimeProvider.System).TryTake(Db.Link.Id, "right", TimeSpan.FromMinutes(5), Ct));
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(-10, false)]
    [InlineData(60, true)]
    [InlineData(-60, true)]
    public async Task A_node_knows_how_far_its_clock_is_from_the_servers(int seconds, bool isTooFar)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddSeconds(seconds));
        var comparison = new ClockComparison(Db.Store, time, NullLogger<ClockComparison>.Instance);
        await comparison.Compare(Ct);
        Assert.Equal(isTooFar, comparison.IsTooFar);
        Assert.InRange(comparison.Ahead.TotalSeconds, seconds - 4, seconds + 4);
    }

    private MailboxLeases Leases(TimeProvider time) => new(Db.Store, new NodeLife(Guid.NewGuid()), time);
}
