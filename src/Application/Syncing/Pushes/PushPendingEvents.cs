using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing.Pushes;

/// <summary>
/// Writes what waits for one calendar into Exchange. A calendar whose first full pass has not committed gets that pass first; from one that
/// was switched off only what is to go is removed.
/// </summary>
public sealed record PushPendingEvents(Guid LinkId) : IRequest<Result>
{
    internal sealed class Handler(CalendarSession session, CalendarPass pass, EventPush push) : IRequestHandler<PushPendingEvents, Result>
    {
        public Task<Result> Handle(PushPendingEvents command, CancellationToken ct) =>
            session.Run(
                command.LinkId,
                Opening.ForPush,
                async (calendar, link) => await push.Run(await Ready(calendar, link, ct), ct),
                ct);

        private async Task<OpenCalendar> Ready(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct) =>
            pass.PlanOf(calendar, link) switch
            {
                { IdsMeanNothing: false } when link.RemovesCopies =>
                    calendar.As(await pass.Opened(calendar, link, ct)),
                { MayWriteFirst: true } => calendar,
                _ => await pass.Run(calendar, link, ct),
            };
    }
}
