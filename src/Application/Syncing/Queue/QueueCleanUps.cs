using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Domain.Syncing.CleanUp;
using MediatR;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// Queues every calendar out of which something of ours is to go now: what its link left elsewhere, and links that an admin wants deleted.
/// </summary>
public sealed record QueueCleanUps : IRequest
{
    internal sealed class Handler(ICleanUpItems former, ILinkDeletions deletions, ICalendarQueue queue, TimeProvider time)
        : AsyncRequestHandler<QueueCleanUps>
    {
        protected override async Task Handle(QueueCleanUps command, CancellationToken ct)
        {
            queue.Add(CalendarWork.CleanUp, await former.DueLinks(time.GetUtcNow(), ct));
            queue.Add(CalendarWork.CleanUp, await deletions.Asked(ct));
        }
    }
}
