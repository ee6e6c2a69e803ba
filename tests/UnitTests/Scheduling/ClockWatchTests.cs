using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Scheduling.Clocks;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Scheduling;

public sealed class ClockWatchTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    private static readonly TimeSpan TwoYears = TimeSpan.FromDays(730);
    private readonly SettableClock clock = new(TemporaryDatabase.Now);

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    [InlineData(60)]
    public async Task A_clock_that_is_set_by_a_little_is_trusted(int seconds)
    {
        var watch = Started();
        Assert.True(await MayTrim(watch));
        clock.Jump(TimeSpan.FromSeconds(seconds));
        Assert.True(await MayTrim(watch));
        Assert.Equal(clock.GetUtcNow(), watch.Earliest());
    }

    [Theory]
    [InlineData(730)]
    [InlineData(-1)]
    [InlineData(0.01)]
    public async Task Within_24_hours_of_a_jump_nothing_may_be_trimmed(double days)
    {
        var watch = Started();
        Assert.True(await MayTrim(watch));
        clock.Jump(TimeSpan.FromDays(days));
        Assert.False(await MayTrim(watch));
        clock.Advance(TimeSpan.FromHours(23.9));
        Assert.False(await MayTrim(watch));
        clock.Advance(TimeSpan.FromHours(0.2));
        Assert.True(await MayTrim(watch));
    }

    [Fact]
    public async Task Time_that_passes_is_no_jump_however_long_nobody_looks()
    {
        var watch = Started();
        Assert.True(await MayTrim(watch));
        clock.Advance(TwoYears);
        Assert.True(await MayTrim(watch));
    }

    [Fact]
    public async Task A_jump_there_and_back_is_two_and_nothing_is_over_that_was_not_over_before()
    {
        var watch = Started();
        await MayTrim(watch);
        var before = clock.GetUtcNow();
        clock.Jump(TwoYears);
        Assert.Equal(before, watch.Earliest());
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(before.AddSeconds(15), watch.Earliest());
        clock.Jump(-TwoYears);
        Assert.Equal(before.AddSeconds(15), watch.Earliest());
        Assert.False(await MayTrim(watch));
        Assert.Equal((2, 1), watch.Jumps);
    }

    [Fact]
    public async Task A_clock_that_stays_ahead_is_believed_after_a_day()
    {
        var watch = Started();
        await MayTrim(watch);
        clock.Jump(TwoYears);
        await MayTrim(watch);
        clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(clock.GetUtcNow(), watch.Earliest());
    }

    [Theory]
    [InlineData(-0.1, false)]
    [InlineData(0.5, true)]
    [InlineData(2.9, true)]
    [InlineData(3.1, false)]
    [InlineData(730, false)]
    public async Task At_the_start_the_clock_is_compared_with_the_time_that_was_stored_last(double days, bool trusted)
    {
        await MayTrim(Started());
        clock.Advance(TimeSpan.Zero);
        clock.Jump(TimeSpan.FromDays(days));
        Assert.Equal(trusted, await MayTrim(Restarted()));
    }

    [Fact]
    public async Task A_jump_is_remembered_over_a_restart()
    {
        var watch = Started();
        await MayTrim(watch);
        clock.Jump(TwoYears);
        await MayTrim(watch);
        clock.Advance(TimeSpan.FromHours(1));
        var again = Restarted();
        Assert.False(await MayTrim(again));
        Assert.Equal(clock.GetUtcNow() - TwoYears, again.Earliest());
    }

    [Theory]
    [InlineData(730)]
    [InlineData(4)]
    [InlineData(2)]
    public async Task After_a_start_with_the_clock_ahead_nothing_is_over_that_was_not_when_it_was_stored_last(int days)
    {
        await MayTrim(Started());
        var stored = clock.GetUtcNow();
        clock.Jump(TimeSpan.FromDays(days));
        var again = Restarted();
        await MayTrim(again);
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(days > 3 ? stored.AddHours(23) : clock.GetUtcNow(), again.Earliest());
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(clock.GetUtcNow(), again.Earliest());
    }

    private ClockWatch Started()
    {
        db.Store.Write(async t => await t.Execute("delete from clock_readings") >= 0, TemporaryDatabase.Ct).GetAwaiter().GetResult();
        return Restarted();
    }

    private ClockWatch Restarted() => new(new ClockRecords(db.Store), clock, NullLogger<ClockWatch>.Instance);

    private static ValueTask<bool> MayTrim(ClockWatch watch) => watch.MayTrim(TemporaryDatabase.Ct);
}

/// <summary>A clock that somebody can set, while the monotonic one goes on.</summary>
internal sealed class SettableClock(DateTimeOffset start) : TimeProvider
{
    private readonly FakeTimeProvider steady = new(start);
    private TimeSpan jumped;

    public override long TimestampFrequency => steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + jumped;

    public override long GetTimestamp() => steady.GetTimestamp();

    public void Advance(TimeSpan by) => steady.Advance(by);

    public void Jump(TimeSpan by) => jumped += by;
}
