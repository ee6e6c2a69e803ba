using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Domain.Syncing.CleanUp;
using MediatR;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// Queues every calendar out of which something of ours is to go now: what its link left elsewhere, and links that an admin wants deleted.
/// </summary>
public sealed record QueueCleanUps : IRequest
{
    internal sealed class Handler(ICleanUpItems former, ILinkDeletions deletions, ICalendarClaims claims, ICalendarQueue queue)
        : AsyncRequestHandler<QueueCleanUps>
    {
        protected override async Task Handle(QueueCleanUps command, CancellationToken ct)
        {
            IReadOnlyList<Guid> due = [.. await former.DueLinks(await claims.Now(ct), ct), .. await deletions.Asked(ct)];
            var claimed = await claims.Claim([.. due.Distinct()], ct);
            queue.Add(CalendarWork.CleanUp, due.Where(claimed.Links.Contains));
        }
    }
}
