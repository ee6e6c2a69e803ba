using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// A pass over a calendar of which Exchange told a change. One that waits after a failure is left alone: its next try is planned, and reads
/// what changed too.
/// </summary>
public sealed record SyncNotifiedCalendar(Guid LinkId) : IRequest<Result>
{
    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        IMediator mediator,
        TimeProvider time) : IRequestHandler<SyncNotifiedCalendar, Result>
    {
        public async Task<Result> Handle(SyncNotifiedCalendar command, CancellationToken ct)
        {
            if (await links.Find(command.LinkId, ct) is not { Enabled: true } link) return Result.Done;
            if (link.Failures > 0 && link.NextSyncAt > time.GetUtcNow()) return Result.Done;
            return await mediator.Send(new SyncCalendar(link.Id), ct);
        }
    }
}
