using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing;

/// <summary>Writes what waits for one calendar into Exchange. A calendar whose first full pass has not committed gets that pass first; from one that was switched off only what is to go is removed.</summary>
public sealed record PushPendingEvents(Guid LinkId) : IRequest<Result>
{
    internal sealed class Handler(MailboxTurns turns, CalendarSession session, CalendarPass pass, EventPush push) : IRequestHandler<PushPendingEvents, Result>
    {
        public async Task<Result> Handle(PushPendingEvents command, CancellationToken ct)
        {
            await using var turn = await turns.Enter(command.LinkId, ct);
            if (turn is null) return new CalendarIsBusy(command.LinkId.ToString());
            return await session.Run(turn, async open =>
            {
                await push.Run(turn, await Access(turn, open, ct), ct);
            }, ct, removals: true);
        }

        private async Task<CalendarAccess> Access(MailboxTurn turn, OpenCalendar open, CancellationToken ct) => open.Link switch
        {
            _ when open.IdsMeanNothing => await pass.Run(turn, open, ct),
            { RemovesCopies: true } => CalendarAccess.Of(open.Integration, await pass.Opened(turn, open, ct), turn),
            { Cursor: not null, CalendarChecked: true } => open.Access,
            _ => await pass.Run(turn, open, ct),
        };
    }
}
