using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.Infrastructure.Scheduling;
using Microsoft.Extensions.Hosting;

namespace CleanSync.Infrastructure.Traffic.Shares;

/// <summary>
/// Keeps this node's share of the calls until the process stops: at once when somebody begins to wait for a slot, every second, and more
/// often while slots are to change hands.
/// </summary>
internal sealed class CallShareLoop(SharedCalls shares, Heartbeat heartbeat, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SoonerPace = TimeSpan.FromMilliseconds(200);

    /// <summary>A wish that cannot be met now is not asked again and again.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(50);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await GivingBack.Briefly(() => shares.Leave(cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wish = shares.NextWish;
            await heartbeat.Beat("shares of the calls", () => shares.Review(stoppingToken), stoppingToken);
            await using (stoppingToken.Register(() => wish.TrySetResult()))
            await using (time.CreateTimer(_ => wish.TrySetResult(), null, shares.IsUnsettled ? SoonerPace : Pace, Timeout.InfiniteTimeSpan))
                await wish.Task;
            await Task.Delay(Least, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
