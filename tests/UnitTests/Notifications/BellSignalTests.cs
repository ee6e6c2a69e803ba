using CleanSync.Application.Syncing.Notifications;
using CleanSync.Infrastructure.Scheduling;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Notifications;

public sealed class BellSignalTests : IAsyncDisposable
{
    private static readonly Guid A = Guid.CreateVersion7();
    private static readonly Guid B = Guid.CreateVersion7();
    private readonly NotificationOptions options = new();
    private readonly FakeTimeProvider clock = new();
    private readonly BellSignal bell;
    private readonly IAsyncEnumerator<Guid> rings;
    private Task<bool> next;

    public BellSignalTests()
    {
        bell = new BellSignal(options, clock);
        rings = bell.Rings(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        next = rings.MoveNextAsync().AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        bell.Ring([Guid.CreateVersion7()]);
        clock.Advance(options.LongestQuiet);
        await next;
        await rings.DisposeAsync();
        bell.Dispose();
    }

    [Fact]
    public async Task A_calendar_is_read_once_when_it_has_been_quiet_for_a_moment()
    {
        bell.Ring([A]);
        clock.Advance(options.QuietTime / 2);
        bell.Ring([A, A]);
        clock.Advance(options.QuietTime / 2);
        Assert.False(next.IsCompleted);
        clock.Advance(options.QuietTime / 2);
        Assert.Equal(A, await Next());
        clock.Advance(TimeSpan.FromHours(1));
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task A_calendar_that_never_falls_quiet_is_read_all_the_same()
    {
        var rung = clock.GetUtcNow();
        while (!next.IsCompleted)
        {
            bell.Ring([A]);
            clock.Advance(options.QuietTime / 5);
            Assert.True(clock.GetUtcNow() - rung <= options.LongestQuiet, "It waits for ever.");
            if (clock.GetUtcNow() - rung == options.LongestQuiet) break;
        }
        Assert.Equal(A, await Next());
    }

    [Fact]
    public async Task What_rings_while_it_is_read_is_read_once_more_and_not_meanwhile()
    {
        await RingAndNext(A);
        bell.Ring([A]);
        bell.Ring([A]);
        clock.Advance(options.LongestQuiet);
        Assert.Equal(B, await RingAndNext(B));
        bell.Done(A);
        clock.Advance(options.QuietTime);
        Assert.Equal(A, await Next());
        bell.Done(A);
        clock.Advance(options.LongestQuiet);
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task What_could_not_be_read_rings_again_after_a_pause()
    {
        await RingAndNext(A);
        bell.Done(A, TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(A, await Next());
    }

    private Task<Guid> RingAndNext(Guid link)
    {
        bell.Ring([link]);
        clock.Advance(options.QuietTime);
        return Next();
    }

    private async Task<Guid> Next()
    {
        Assert.True(await next);
        var link = rings.Current;
        next = rings.MoveNextAsync().AsTask();
        return link;
    }
}
