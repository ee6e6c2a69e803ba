using CleanSync.Application.Traffic;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>
/// Ends the pauses that Exchange, or a proxy before it, asked for. One call goes alone, and only its success lets the others follow.
/// </summary>
public sealed record LiftPauses(Guid Id) : IRequest<Result<TrafficView>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    string? IAdminAction.Note => "the pauses that Exchange asked for were lifted";

    internal sealed class Handler(IExchangeIntegrationRepository integrations, IStaffCalendarLinkRepository links, ITrafficView traffic)
        : IRequestHandler<LiftPauses, Result<TrafficView>>
    {
        public async Task<Result<TrafficView>> Handle(LiftPauses command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } integration) return new IntegrationNotFound(command.Id);
            await traffic.LiftPauses(integration.Id, ct);
            var enabled = (await links.OfIntegration(command.Id, ct)).Where(l => l.Enabled).ToList();
            return TrafficView.Of(integration, enabled, await traffic.Of(integration.Server, ct));
        }
    }
}
