using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Reads each calendar of which Exchange told a change; one that is busy is read a little later.</summary>
internal sealed class NotifiedCalendarDispatcher(
    NotifiedCalendars notified,
    IServiceScopeFactory scopes,
    SyncOptions options,
    ILogger<NotifiedCalendarDispatcher> logger) : LinkDispatcher(scopes, options, logger)
{
    private readonly TimeSpan whenBusy = options.FirstPause;

    protected override IAsyncEnumerable<Guid> Next(CancellationToken ct) => notified.Next(ct);

    protected override async Task<TimeSpan?> Answer(IMediator mediator, Guid linkId, CancellationToken ct) =>
        (await mediator.Send(new SyncNotifiedCalendar(linkId), ct)).Refusal is CalendarIsBusy ? whenBusy : null;

    protected override void Done(Guid linkId, TimeSpan? again) => notified.Done(linkId, again);
}
