using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Pushes;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Pushes each link that is announced.</summary>
internal sealed class PushDispatcher(
    PushSignal signal,
    IServiceScopeFactory scopes,
    SyncOptions options,
    ILogger<PushDispatcher> logger) : LinkDispatcher(scopes, options, logger)
{
    protected override IAsyncEnumerable<Guid> Next(CancellationToken ct) => signal.Next(ct);

    protected override async Task<TimeSpan?> Answer(IMediator mediator, Guid linkId, CancellationToken ct)
    {
        await mediator.Send(new PushPendingEvents(linkId), ct);
        return null;
    }

    protected override void Done(Guid linkId, TimeSpan? again) => signal.Done(linkId);
}
