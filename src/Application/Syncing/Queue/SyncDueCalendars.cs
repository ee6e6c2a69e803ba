using MediatR;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// Runs a pass over every calendar that is due, side by side up to this node's limit. A calendar that somebody is at already is left to
/// them.
/// </summary>
public sealed record SyncDueCalendars : IRequest
{
    internal sealed class Handler(CalendarRound round) : IRequestHandler<SyncDueCalendars>
    {
        public async Task<Unit> Handle(SyncDueCalendars command, CancellationToken ct)
        {
            await round.Run(ct);
            return Unit.Value;
        }
    }
}
