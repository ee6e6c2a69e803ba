using Microsoft.Extensions.Hosting;

namespace CleanSync.Infrastructure.Scheduling.Clocks;

/// <summary>Compares the clocks at the start, and every minute until the process stops.</summary>
internal sealed class ClockComparisonLoop(ClockComparison comparison, Heartbeat heartbeat, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await heartbeat.Beat("comparison of the clocks", () => comparison.Compare(stoppingToken), stoppingToken);
            await Task.Delay(Pace, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
