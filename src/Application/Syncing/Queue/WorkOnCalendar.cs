using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Pushes;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// Does in one calendar what it was queued for, if it is still to be done: it may have waited, and another node may have been faster. A
/// pass pushes what waits, too. Of a change that Exchange told nothing is read while the calendar waits after a failure: its next try is
/// planned, and reads what changed too.
/// </summary>
public sealed record WorkOnCalendar(Guid LinkId, CalendarWork Work) : IRequest<Result>
{
    internal sealed class Handler(IStaffCalendarLinkRepository links, ICalendarClaims claims, IMediator mediator)
        : IRequestHandler<WorkOnCalendar, Result>
    {
        public async Task<Result> Handle(WorkOnCalendar command, CancellationToken ct)
        {
            if (command.Asks(CalendarWork.CleanUp)) await mediator.Send(new CleanUpCalendar(command.LinkId), ct);
            return await IsToBeRead(command, ct) ? await mediator.Send(new SyncCalendar(command.LinkId), ct)
                : command.Asks(CalendarWork.Push) ? await mediator.Send(new PushPendingEvents(command.LinkId), ct)
                : Result.Done;
        }

        private async Task<bool> IsToBeRead(WorkOnCalendar command, CancellationToken ct)
        {
            if (!command.Asks(CalendarWork.DuePass | CalendarWork.Changes)) return false;
            if (await links.Find(command.LinkId, ct) is not { Enabled: true } link) return false;
            var isDue = link.NextSyncAt <= await claims.Now(ct);
            return (command.Asks(CalendarWork.DuePass) && isDue) || (command.Asks(CalendarWork.Changes) && (link.Failures == 0 || isDue));
        }
    }

    private bool Asks(CalendarWork work) => (Work & work) is not CalendarWork.None;
}
