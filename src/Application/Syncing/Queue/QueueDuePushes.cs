using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// The safety net behind the announcements: queues every calendar that has a push due and does not wait after a failure.
/// </summary>
public sealed record QueueDuePushes : IRequest
{
    internal sealed class Handler(IStaffCalendarLinkRepository links, ICalendarClaims claims, MailboxLocks locks, ICalendarQueue queue)
        : AsyncRequestHandler<QueueDuePushes>
    {
        protected override async Task Handle(QueueDuePushes command, CancellationToken ct)
        {
            await locks.ReleaseLeftOvers(ct);
            var due = await links.WithDuePushes(await claims.Now(ct), ct);
            var claimed = await claims.Claim([.. due.Select(d => d.LinkId)], ct);
            queue.Add(CalendarWork.Push, due.Where(d => claimed.Links.Contains(d.LinkId)));
        }
    }
}
