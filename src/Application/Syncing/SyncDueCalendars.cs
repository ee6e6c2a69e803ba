using System.Collections.Concurrent;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing;

/// <summary>Runs a pass over every calendar that is due, side by side up to this node's limit. A calendar that somebody is at already is left to them.</summary>
public sealed record SyncDueCalendars : IRequest
{
    internal sealed class Handler(IStaffCalendarLinkRepository links, IMediator mediator, SyncOptions options, TimeProvider time, ILogger<SyncDueCalendars> logger)
        : IRequestHandler<SyncDueCalendars>
    {
        public async Task<Unit> Handle(SyncDueCalendars command, CancellationToken ct)
        {
            var due = await links.Due(time.GetUtcNow(), options.Parallelism * 4, ct);
            var queue = new ConcurrentQueue<Guid>(due);
            await Task.WhenAll(Enumerable.Range(0, options.Parallelism).Select(_ => Work(queue, ct)));
            return Unit.Value;
        }

        private async Task Work(ConcurrentQueue<Guid> queue, CancellationToken ct)
        {
            await Task.Yield();
            while (queue.TryDequeue(out var id))
            {
                try
                {
                    await mediator.Send(new SyncCalendar(id), ct);
                }
                catch (Exception surprise) when (surprise is not OperationCanceledException)
                {
                    logger.LogError(surprise, "The pass of link {LinkId} ended in a surprise; other calendars go on", id);
                }
            }
        }
    }
}
