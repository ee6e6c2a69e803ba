using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// Queues a pass over every calendar that is due. A calendar that somebody is at already is left to them, and so is what another node has
/// claimed; of many this node claims the next when it is nearly done with the first.
/// </summary>
public sealed record QueueDueCalendars : IRequest
{
    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        ICalendarClaims claims,
        MailboxLocks locks,
        ICalendarQueue queue,
        CalendarQueue begun,
        SyncOptions options,
        TimeProvider time)
        : AsyncRequestHandler<QueueDueCalendars>
    {
        private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

        protected override async Task Handle(QueueDueCalendars command, CancellationToken ct)
        {
            await locks.ReleaseLeftOvers(ct);
            while (!await ClaimedAll(ct))
            {
                while (begun.Busy > options.Parallelism) await Task.Delay(LookAgain, time, ct);
            }
        }

        private async Task<bool> ClaimedAll(CancellationToken ct)
        {
            var due = await links.Due(await claims.Now(ct), ct);
            var claimed = await claims.Claim([.. due.Select(d => d.LinkId)], ct);
            queue.Add(CalendarWork.DuePass, due.Where(d => claimed.Links.Contains(d.LinkId)));
            return claimed.AreAll;
        }
    }
}
