using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>
/// Has every calendar of the integration read again from scratch and compared; answers at once, and <see cref="GetResync"/> tells how far
/// it is.
/// </summary>
public sealed record ResyncIntegration(Guid Id) : IRequest<Result<ResyncProgress>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IStaffCalendarLinkRepository links,
        ISyncStore store,
        ICalendarQueue queue,
        IMediator mediator,
        TimeProvider time)
        : IRequestHandler<ResyncIntegration, Result<ResyncProgress>>
    {
        public async Task<Result<ResyncProgress>> Handle(ResyncIntegration command, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var noted = await integrations.Change(
                command.Id, stored => stored.ResyncAsked(now), ct);
            if (noted.Refusal is { } refusal) return refusal;
            var asked = (await links.OfIntegration(command.Id, ct)).Where(l => l.Enabled).Select(l => l.Id).ToList();
            foreach (var id in asked)
            {
                await store.Change(
                    "The link",
                    async () => await links.Find(id, ct) is { Enabled: true } link
                        ? new ChangeSet { Links = [link.Resynced(now)] }
                        : (ChangeSet?)null,
                    ct);
            }

            queue.Add(CalendarWork.Push, asked);
            return await mediator.Send(new GetResync(command.Id), ct);
        }
    }
}
