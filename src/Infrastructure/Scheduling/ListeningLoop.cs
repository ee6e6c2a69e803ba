using CleanSync.Application.Syncing.Notifications;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Keeps the right calendars listened to, and takes leave of Exchange when the process stops.</summary>
internal sealed class ListeningLoop(Listening listening, ReviewSignal signal, NotificationOptions options, ILogger<ListeningLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Listen(stoppingToken);
        }
        finally
        {
            await listening.Stop();
        }
    }

    /// <summary>Until it is cancelled.</summary>
    public async Task Listen(CancellationToken ct)
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
