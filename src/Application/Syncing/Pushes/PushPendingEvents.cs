using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain;
using MediatR;

namespace CleanSync.Application.Syncing.Pushes;

/// <summary>Writes what waits for one calendar into Exchange. A calendar whose first full pass has not committed gets that pass first; from one that was switched off only what is to go is removed.</summary>
public sealed record PushPendingEvents(Guid LinkId) : IRequest<Result>
{
    internal sealed class Handler(CalendarSession session, CalendarPass pass, EventPush push) : IRequestHandler<PushPendingEvents, Result>
    {
        public Task<Result> Handle(PushPendingEvents command, CancellationToken ct) =>
            session.Run(command.LinkId, Opening.ForPush, async open => await push.Run(open.Turn, await Access(open, ct), ct), ct);

        private async Task<CalendarAccess> Access(OpenCalendar open, CancellationToken ct) => open.Link switch
        {
            _ when open.IdsMeanNothing => await pass.Run(open.Turn, open, ct),
            { RemovesCopies: true } => CalendarAccess.Of(open.Integration, await pass.Opened(open.Turn, open, ct), open.Turn),
            _ when open.MayBeWritten => open.Access,
            _ => await pass.Run(open.Turn, open, ct),
        };
    }
}
