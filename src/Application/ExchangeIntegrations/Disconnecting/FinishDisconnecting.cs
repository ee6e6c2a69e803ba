using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Disconnecting;

/// <summary>
/// Ends a disconnection without cleaning up the rest, as when the password is refused for good: what still waits stays in Exchange and is
/// listed.
/// </summary>
/// <param name="DisplayName">The integration's own, as the confirmation.</param>
public sealed record FinishDisconnecting(Guid Id, string DisplayName) : IRequest<Result<DisconnectionView>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IDisconnections disconnections,
        ICalendarDirectory directory,
        MailboxLocks locks,
        CalendarDetachment detachment,
        IMediator mediator,
        TimeProvider time)
        : IRequestHandler<FinishDisconnecting, Result<DisconnectionView>>
    {
        public async Task<Result<DisconnectionView>> Handle(FinishDisconnecting command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } stored) return await mediator.Send(new GetDisconnection(command.Id), ct);
            if (stored.DisconnectingSince is null) return new NothingIsLeftToFinish(command.Id);
            if (command.DisplayName != stored.DisplayName) return new DisplayNameDiffers(stored.DisplayName);
            try
            {
                foreach (var link in await disconnections.Links(stored.Id, ct))
                {
                    await using var mailbox = await locks.Take(link, ct);
                    if (mailbox is null) return new CalendarIsBusy(stored.DisplayName);
                    await detachment.Detach(mailbox, stored, ct);
                }
            }
            catch (LeaseWasLost)
            {
                return new CalendarIsBusy(stored.DisplayName);
            }

            if (await disconnections.Erase(stored.Id, leaves: true, time.GetUtcNow(), ct)) directory.Forget(stored.Id);
            return await mediator.Send(new GetDisconnection(command.Id), ct);
        }
    }
}
