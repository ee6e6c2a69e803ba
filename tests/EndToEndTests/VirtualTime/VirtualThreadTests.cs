using CleanSync.Model.VirtualTime;
using Xunit;

namespace CleanSync.EndToEndTests.VirtualTime;

/// <summary>The virtual thread itself: what tests of many concurrent flows stand on.</summary>
public sealed class VirtualThreadTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 6, 8, 0, 0, TimeSpan.Zero);
    private readonly VirtualThread thread = new(Start);

    [Fact]
    public void The_clock_moves_only_when_everything_waits()
    {
        var seen = new List<string>();
        thread.Run(() => Task.WhenAll(Flow("slow", 3), Flow("quick", 1)));
        Assert.Equal(["slow 0", "quick 0", "quick 1", "quick 2", "slow 3", "slow 6"], seen);
        Assert.Equal(Start.AddSeconds(6), thread.Now);

        async Task Flow(string name, int seconds)
        {
            seen.Add($"{name} 0");
            for (var i = 1; i <= 2; i++)
            {
                await thread.Delay(TimeSpan.FromSeconds(seconds));
                seen.Add($"{name} {(thread.Now - Start).TotalSeconds}");
            }
        }
    }

    [Fact]
    public void What_is_cancelled_after_a_time_ends_at_that_time()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromHours(2), thread.Clock);
        Assert.ThrowsAny<OperationCanceledException>(
            () => thread.Run(() => Task.Delay(Timeout.InfiniteTimeSpan, thread.Clock, late.Token)));
        Assert.Equal(Start.AddHours(2), thread.Now);
    }

    [Fact]
    public void What_waits_without_the_context_stays_on_the_thread()
    {
        var answer = new TaskCompletionSource();
        var threads = new HashSet<int>();
        thread.Run(() => Task.WhenAll(Waits(), Answers()));
        Assert.Equal([Environment.CurrentManagedThreadId], threads);

        async Task Waits()
        {
            await answer.Task.ConfigureAwait(false);
            threads.Add(Environment.CurrentManagedThreadId);
        }

        async Task Answers()
        {
            await thread.Delay(TimeSpan.FromSeconds(1));
            VirtualThread.Outside(answer.SetResult);
            threads.Add(Environment.CurrentManagedThreadId);
        }
    }

    [Fact]
    public void Work_that_leaves_the_thread_fails_the_run()
    {
        using var elsewhere = new ManualResetEventSlim();
        var left = Assert.Throws<InvalidOperationException>(() => thread.Run(() =>
        {
            var work = Task.Run(elsewhere.Set);
            elsewhere.Wait(TestContext.Current.CancellationToken);
            return work;
        }));
        Assert.Contains("left the virtual thread", left.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_waits_for_nothing_fails_the_run()
    {
        var stuck = Assert.Throws<InvalidOperationException>(() => thread.Run(() => new TaskCompletionSource().Task));
        Assert.Contains("no timer is set", stuck.Message, StringComparison.Ordinal);
    }
}
