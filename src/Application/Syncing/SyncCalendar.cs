using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing;

/// <summary>One pass over one calendar: what Exchange changed comes in, then what waits goes out.</summary>
public sealed record SyncCalendar(Guid LinkId) : IRequest<Result>
{
    internal sealed class Handler(MailboxTurns turns, CalendarSession session, CalendarPass pass, EventPush push) : IRequestHandler<SyncCalendar, Result>
    {
        public async Task<Result> Handle(SyncCalendar command, CancellationToken ct)
        {
            await using var turn = await turns.Enter(command.LinkId, ct);
            if (turn is null) return new CalendarIsBusy(command.LinkId.ToString());
            return await session.Run(turn, async open =>
            {
                var access = await pass.Run(turn, open, ct);
                await push.Run(turn, access, ct);
            }, ct);
        }
    }
}
