using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Pushes;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>One pass over one calendar: what Exchange changed comes in, then what waits goes out.</summary>
/// <param name="Asked">Somebody asks just now, so it is tried whatever went wrong before.</param>
public sealed record SyncCalendar(Guid LinkId, bool Asked = false) : IRequest<Result>
{
    internal sealed class Handler(
        CalendarSession session,
        CalendarPass pass,
        EventPush push,
        IStaffCalendarLinkRepository links,
        NotificationBoard board,
        TimeProvider time)
        : IRequestHandler<SyncCalendar, Result>
    {
        public async Task<Result> Handle(SyncCalendar command, CancellationToken ct)
        {
            var (begun, endedWell) = (time.GetUtcNow(), false);
            var ended = await session.Run(command.LinkId, command.Asked ? Opening.Asked : Opening.ByItself, async (calendar, link) =>
            {
                await push.Run(await Read(calendar, link, ct), ct);
                endedWell = true;
            }, ct);
            if (endedWell) board.WasRead(command.LinkId, begun, time.GetUtcNow());
            else if (ended.Refusal is not (null or CalendarIsBusy)) board.WasNotRead(command.LinkId);
            return ended;
        }

        /// <summary>
        /// What cannot be read may be written all the same: a push that waits is not to wait for ever. Not if the pass found another
        /// calendar before it failed: that one is read whole first, and the link has left the one before.
        /// </summary>
        private async Task<OpenCalendar> Read(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct)
        {
            try
            {
                return await pass.Run(calendar, link, ct);
            }
            catch (Exception unread) when (pass.PlanOf(calendar, link).MayWriteFirst && LeavesWriting(unread))
            {
                var now = await links.Find(link.Id, ct) ?? link;
                if (pass.PlanOf(calendar, now).MayWriteFirst) await push.Run(calendar.As(now), ct);
                throw;
            }
        }

        private static bool LeavesWriting(Exception unread) => unread switch
        {
            CalendarFailure { NothingWasSent: true } or CalendarFailure { CalendarIsUnknown: true } => false,
            CalendarFailure failure => failure.Reach is FailureReach.Passing or FailureReach.Item or FailureReach.Bug,
            LeaseWasLost or OperationCanceledException => false,
            _ => true,
        };
    }
}
