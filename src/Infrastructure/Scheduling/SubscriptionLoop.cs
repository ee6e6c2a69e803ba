using CleanSync.Application.Syncing.Notifications;
using Microsoft.Extensions.Hosting;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Keeps the right calendars listened to, and takes leave of Exchange when the process stops.</summary>
internal sealed class SubscriptionLoop(
    SubscriptionGroups groups, ReviewSignal signal, Heartbeat heartbeat, NotificationOptions options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Listen(stoppingToken);

    /// <summary>Until it is cancelled, and the leave is taken.</summary>
    public async Task Listen(CancellationToken ct)
    {
        try
        {
            await Review(ct);
        }
        finally
        {
            await groups.Stop();
        }
    }

    private async Task Review(CancellationToken ct)
    {
        while (true)
        {
            await heartbeat.Beat("review of who is listened to", () => groups.Review(ct), ct);
            await signal.Wait(options.Review, ct);
        }
    }
}
