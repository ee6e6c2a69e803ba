using CleanSync.Application.Syncing;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Reads each calendar that rang, several side by side. What goes wrong with one is logged and never stops the others.</summary>
internal sealed class BellDispatcher(BellSignal bell, IServiceScopeFactory scopes, SyncOptions options, ILogger<BellDispatcher> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Dispatch(stoppingToken);

    /// <summary>Until it is cancelled.</summary>
    public Task Dispatch(CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, options.Parallelism).Select(_ => ReadWhatRings(ct)));

    private async Task ReadWhatRings(CancellationToken ct)
    {
        await foreach (var linkId in bell.Rings(ct)) await Read(linkId, ct);
    }

    private async Task Read(Guid linkId, CancellationToken ct)
    {
        TimeSpan? again = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var read = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SyncRungCalendar(linkId), ct);
            if (read.Refusal is CalendarIsBusy) again = options.FirstPause;
        }
        catch (Exception surprise) when (!ct.IsCancellationRequested)
        {
            logger.LogError(surprise, "The pass of link {LinkId} ended in a surprise; the next poll tries it again", linkId);
        }
        finally
        {
            bell.Done(linkId, again);
        }
    }
}
