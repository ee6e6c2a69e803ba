using CleanSync.Application.Syncing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>
/// Works for each link that is announced, several side by side. What goes wrong with one is logged and never stops the others.
/// </summary>
internal abstract class LinkDispatcher(IServiceScopeFactory scopes, SyncOptions options, ILogger logger) : BackgroundService
{
    /// <summary>Until it is cancelled.</summary>
    public Task Dispatch(CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, options.Parallelism).Select(_ => Work(ct)));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Dispatch(stoppingToken);

    /// <summary>The links, as they are announced; each is <see cref="Done"/> afterwards.</summary>
    protected abstract IAsyncEnumerable<Guid> Next(CancellationToken ct);

    /// <summary>
    /// What is done for a link that was announced; after how long it is announced again by itself, null when it does not.
    /// </summary>
    protected abstract Task<TimeSpan?> Answer(IMediator mediator, Guid linkId, CancellationToken ct);

    protected abstract void Done(Guid linkId, TimeSpan? again);

    private async Task Work(CancellationToken ct)
    {
        await foreach (var linkId in Next(ct)) await Answer(linkId, ct);
    }

    private async Task Answer(Guid linkId, CancellationToken ct)
    {
        TimeSpan? again = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            again = await Answer(scope.ServiceProvider.GetRequiredService<IMediator>(), linkId, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            logger.LogError(exception, "What a calendar was announced for could not even begin; the next heartbeat tries it again");
        }
        finally
        {
            Done(linkId, again);
        }
    }
}
