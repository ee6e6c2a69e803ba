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
                var ready = open.Link is { Cursor: not null, CalendarChecked: true } or { RemovesCopies: true };
                var access = ready ? open.Access : await pass.Run(turn, open, ct);
                await push.Run(turn, access, ct);
            }, ct, removals: true);
        }
    }
}
