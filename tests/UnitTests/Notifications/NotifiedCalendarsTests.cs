using CleanSync.Application.Syncing.Notifications;
using CleanSync.Infrastructure.Scheduling;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CleanSync.UnitTests.Notifications;

public sealed class NotifiedCalendarsTests : IAsyncDisposable
{
    private static readonly Guid A = Guid.CreateVersion7();
    private static readonly Guid B = Guid.CreateVersion7();
    private readonly NotificationOptions options = new();
    private readonly FakeTimeProvider clock = new();
    private readonly NotifiedCalendars notified;
    private readonly IAsyncEnumerator<Guid> rings;
    private Task<bool> next;

    public NotifiedCalendarsTests()
    {
        notified = new NotifiedCalendars(options, clock);
        rings = notified.Next(TestContext.Current.CancellationToken).GetAsyncEnumerator();
        next = rings.MoveNextAsync().AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        notified.Add([Guid.CreateVersion7()]);
        clock.Advance(options.LongestQuiet);
        await next;
        await rings.DisposeAsync();
        notified.Dispose();
    }

    [Fact]
    public async Task A_calendar_is_read_once_when_it_has_been_quiet_for_a_moment()
    {
        notified.Add([A]);
        clock.Advance(options.QuietTime / 2);
        notified.Add([A, A]);
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
            notified.Add([A]);
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
        notified.Add([A]);
        notified.Add([A]);
        clock.Advance(options.LongestQuiet);
        Assert.Equal(B, await RingAndNext(B));
        notified.Done(A);
        clock.Advance(options.QuietTime);
        Assert.Equal(A, await Next());
        notified.Done(A);
        clock.Advance(options.LongestQuiet);
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task What_could_not_be_read_rings_again_after_a_pause()
    {
        await RingAndNext(A);
        notified.Done(A, TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(A, await Next());
    }

    private Task<Guid> RingAndNext(Guid link)
    {
        notified.Add([link]);
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
