using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// The safety net behind the announcements: queues every calendar that has a push due and does not wait after a failure.
/// </summary>
public sealed record QueueDuePushes : IRequest
{
    internal sealed class Handler(IStaffCalendarLinkRepository links, MailboxLocks locks, ICalendarQueue queue, TimeProvider time)
        : AsyncRequestHandler<QueueDuePushes>
    {
        protected override async Task Handle(QueueDuePushes command, CancellationToken ct)
        {
            await locks.ReleaseLeftOvers(ct);
            queue.Add(CalendarWork.Push, await links.WithDuePushes(time.GetUtcNow(), ct));
        }
    }
}
