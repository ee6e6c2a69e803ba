using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.Syncing;

/// <summary>The safety net behind the push signal: rings for every calendar that has a push due.</summary>
public sealed record PushDueEvents : IRequest
{
    internal sealed class Handler(IStaffCalendarLinkRepository links, IPushSignal signal, SyncOptions options, TimeProvider time) : AsyncRequestHandler<PushDueEvents>
    {
        protected override async Task Handle(PushDueEvents command, CancellationToken ct) =>
            signal.Ring(await links.WithDuePushes(time.GetUtcNow(), options.Parallelism * 16, ct));
    }
}
