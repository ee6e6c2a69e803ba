using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Disconnecting;

/// <summary>
/// Begins to take an integration out of Exchange and of the booking product. Without its display name nothing is done: the answer is what
/// would happen. Asked again, it answers how far it is.
/// </summary>
/// <param name="DisplayName">The integration's own, as the confirmation; null to ask what would happen.</param>
public sealed record DisconnectExchange(Guid Id, string? DisplayName) : IRequest<Result<DisconnectionView>>, IChangesSubscriptions,
    IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    bool IAdminAction.IsDryRun => DisplayName is null;

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IDisconnections disconnections,
        IMediator mediator,
        TimeProvider time)
        : IRequestHandler<DisconnectExchange, Result<DisconnectionView>>
    {
        public async Task<Result<DisconnectionView>> Handle(DisconnectExchange command, CancellationToken ct)
        {
            while (command.DisplayName is not null)
            {
                if (await integrations.Find(command.Id, ct) is not { } stored) break;
                if (command.DisplayName != stored.DisplayName) return new DisplayNameDiffers(stored.DisplayName);
                if (stored.DisconnectingSince is not null) break;
                await disconnections.Begin(stored.Id, stored.DisplayName, time.GetUtcNow(), ct);
                if (!(await integrations.Save(stored.Leaving(time.GetUtcNow()), ct)).IsRefused) break;
            }

            return await mediator.Send(new GetDisconnection(command.Id, OrWouldBe: true), ct);
        }
    }
}
