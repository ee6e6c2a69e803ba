using CleanSync.Application.Syncing.Notifications;
using Microsoft.Extensions.Hosting;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Every few seconds the nodes tell each other how calendars are heard, until the process stops.</summary>
internal sealed class NotificationExchangeLoop(NotificationExchange exchange, Heartbeat heartbeat, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await heartbeat.Beat("news of who is listened to", () => exchange.Run(stoppingToken), stoppingToken);
            await Task.Delay(Pace, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
