using CleanSync.Application.Syncing.Notifications;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Keeps the right calendars listened to, and takes leave of Exchange when the process stops.</summary>
internal sealed class ListeningLoop(Listening listening, ReviewSignal signal, NotificationOptions options, ILogger<ListeningLoop> logger) : BackgroundService
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
            await listening.Stop();
        }
    }

    private async Task Review(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await listening.Review(ct);
            }
            catch (Exception surprise) when (!ct.IsCancellationRequested)
            {
                logger.LogError(surprise, "Who is to be listened to could not be found out; the next review tries again");
            }

            await signal.Wait(options.Review, ct);
        }
    }
}
