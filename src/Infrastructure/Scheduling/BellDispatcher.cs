using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Reads each calendar that rang; one that is busy rings again a little later.</summary>
internal sealed class BellDispatcher(BellSignal bell, IServiceScopeFactory scopes, SyncOptions options, ILogger<BellDispatcher> logger) : LinkDispatcher(scopes, options, logger)
{
    private readonly TimeSpan whenBusy = options.FirstPause;

    protected override IAsyncEnumerable<Guid> Rings(CancellationToken ct) => bell.Rings(ct);

    protected override async Task<TimeSpan?> Answer(IMediator mediator, Guid linkId, CancellationToken ct) =>
        (await mediator.Send(new SyncRungCalendar(linkId), ct)).Refusal is CalendarIsBusy ? whenBusy : null;

    protected override void Done(Guid linkId, TimeSpan? again) => bell.Done(linkId, again);
}
