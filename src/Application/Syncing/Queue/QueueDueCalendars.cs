using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>Queues a pass over every calendar that is due. A calendar that somebody is at already is left to them.</summary>
public sealed record QueueDueCalendars : IRequest
{
    internal sealed class Handler(IStaffCalendarLinkRepository links, MailboxLocks locks, ICalendarQueue queue, TimeProvider time)
        : AsyncRequestHandler<QueueDueCalendars>
    {
        protected override async Task Handle(QueueDueCalendars command, CancellationToken ct)
        {
            await locks.ReleaseLeftOvers(ct);
            queue.Add(CalendarWork.DuePass, await links.Due(time.GetUtcNow(), ct));
        }
    }
}
