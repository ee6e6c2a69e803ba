using CleanSync.Application.Syncing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Pushes each link that rings, several side by side. What goes wrong with one is logged and never stops the others.</summary>
internal sealed class PushDispatcher(PushSignal signal, IServiceScopeFactory scopes, SyncOptions options, ILogger<PushDispatcher> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Dispatch(stoppingToken);

    /// <summary>Until it is cancelled.</summary>
    public Task Dispatch(CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, options.Parallelism).Select(_ => PushWhatRings(ct)));

    private async Task PushWhatRings(CancellationToken ct)
    {
        await foreach (var linkId in signal.Rung(ct)) await Push(linkId, ct);
    }

    private async Task Push(Guid linkId, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new PushPendingEvents(linkId), ct);
        }
        catch (Exception surprise) when (!ct.IsCancellationRequested)
        {
            logger.LogError(surprise, "The push of link {LinkId} ended in a surprise; the sweep tries it again", linkId);
        }
        finally
        {
            signal.Done(linkId);
        }
    }
}
