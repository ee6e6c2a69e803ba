using CleanSync.Domain.StaffCalendarLinks;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing;

/// <summary>Runs a pass over every calendar that is due, side by side up to this node's limit. A calendar that somebody is at already is left to them.</summary>
public sealed record SyncDueCalendars : IRequest
{
    internal sealed class Handler(IStaffCalendarLinkRepository links, IMediator mediator, SyncOptions options, TimeProvider time, ILogger<SyncDueCalendars> logger)
        : AsyncRequestHandler<SyncDueCalendars>
    {
        protected override async Task Handle(SyncDueCalendars command, CancellationToken ct)
        {
            var due = await links.Due(time.GetUtcNow(), options.Parallelism * 4, ct);
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = ct }, async (id, token) =>
            {
                try
                {
                    await mediator.Send(new SyncCalendar(id), token);
                }
                catch (Exception surprise) when (surprise is not OperationCanceledException)
                {
                    logger.LogError(surprise, "The pass of link {LinkId} ended in a surprise; other calendars go on", id);
                }
            });
        }
    }
}
