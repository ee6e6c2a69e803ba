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
public sealed record DisconnectExchange(Guid Id, string? DisplayName) : IRequest<Result<DisconnectionView>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    bool IAdminAction.IsDryRun => DisplayName is null;

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IDisconnections disconnections,
        IMediator mediator,
        ReviewSignal review,
        TimeProvider time)
        : IRequestHandler<DisconnectExchange, Result<DisconnectionView>>
    {
        public async Task<Result<DisconnectionView>> Handle(DisconnectExchange command, CancellationToken ct)
        {
            if (command.DisplayName is not null && await Begin(command.Id, command.DisplayName, ct) is { } refusal) return refusal;
            return await mediator.Send(new GetDisconnection(command.Id, OrWouldBe: true), ct);
        }

        /// <summary>Of one that is gone its report is answered.</summary>
        private async Task<Error?> Begin(Guid id, string displayName, CancellationToken ct)
        {
            if (await integrations.Find(id, ct) is not { } known) return null;
            if (displayName != known.DisplayName) return new DisplayNameDiffers(known.DisplayName);
            if (known.DisconnectingSince is null) await disconnections.Begin(id, displayName, time.GetUtcNow(), ct);
            var begun = await integrations.Change(
                id, i => displayName == i.DisplayName ? i.Leaving(time.GetUtcNow()) : new DisplayNameDiffers(i.DisplayName), ct);
            review.Ask();
            return begun.Refusal is IntegrationNotFound ? null : begun.Refusal;
        }
    }
}
