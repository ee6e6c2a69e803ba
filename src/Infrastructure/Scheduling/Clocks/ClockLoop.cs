using CleanSync.Infrastructure.Persistence.Links;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Clocks;

/// <summary>
/// Looks at the clock every few seconds, and sets right what a jump has left: stored times that are too far off, and heartbeats that wait
/// for such a time.
/// </summary>
/// <param name="schedulers">None where nothing is scheduled.</param>
internal sealed class ClockLoop(
    ClockWatch watch,
    TimesToCome stored,
    IEnumerable<ISchedulerFactory> schedulers,
    TimeProvider time,
    ILogger<ClockLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private (int All, int Back)? settled;

    /// <summary>What an earlier life has stored is set right before anything runs.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookSafely(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Until it is cancelled.</summary>
    public async Task Watch(CancellationToken ct)
    {
        while (true)
        {
            await LookSafely(ct);
            await Task.Delay(Pace, time, ct);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Watch(stoppingToken);

    private async Task LookSafely(CancellationToken ct)
    {
        try
        {
            await Look(ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            logger.LogError(exception, "The clock could not be looked at, or a jump not be set right; the next look tries again");
        }
    }

    private async Task Look(CancellationToken ct)
    {
        await watch.Look(ct);
        var jumps = watch.Jumps;
        if (settled == jumps) return;
        await stored.Mend(time.GetUtcNow(), jumps.Back > (settled?.Back ?? 0), ct);
        if (jumps.All > (settled?.All ?? 0)) await BeginAnew(ct);
        settled = jumps;
    }

    /// <summary>A trigger that has fired while the clock was ahead waits for a time that is far off.</summary>
    private async Task BeginAnew(CancellationToken ct)
    {
        foreach (var factory in schedulers)
        {
            var scheduler = await factory.GetScheduler(ct);
            foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup(), ct))
            {
                if (await scheduler.GetTrigger(key, ct) is { } trigger)
                    await scheduler.RescheduleJob(key, trigger.GetTriggerBuilder().StartNow().Build(), ct);
            }
        }
    }
}
