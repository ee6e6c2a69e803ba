using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing.Pushes;

/// <summary>
/// The safety net behind the push signal: announces every calendar that has a push due and does not wait after a failure.
/// </summary>
public sealed record PushDueEvents : IRequest
{
    internal sealed class Handler(
        IStaffCalendarLinkRepository links, MailboxLocks locks, IPushSignal signal, SyncOptions options, TimeProvider time)
        : IRequestHandler<PushDueEvents>
    {
        public async Task<Unit> Handle(PushDueEvents command, CancellationToken ct)
        {
            await locks.ReleaseLeftOvers(ct);
            signal.Announce(await links.WithDuePushes(time.GetUtcNow(), options.Parallelism * 16, ct));
            return Unit.Value;
        }
    }
}
