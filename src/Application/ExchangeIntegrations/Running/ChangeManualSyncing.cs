using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>
/// Turns manual user syncing on or off. Who syncs stays as they are, either way: it decides only how staff members begin who are linked
/// from now on.
/// </summary>
public sealed record ChangeManualSyncing(Guid IntegrationId, bool ManualSyncing) : IRequest<Result>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", IntegrationId, new GetManualSyncing(IntegrationId));

    internal sealed class Handler(IExchangeIntegrationRepository integrations) : IRequestHandler<ChangeManualSyncing, Result>
    {
        public async Task<Result> Handle(ChangeManualSyncing command, CancellationToken ct)
        {
            var changed = await integrations.Change(
                command.IntegrationId,
                integration => integration.WithManualSyncing(command.ManualSyncing),
                ct);
            return changed.Refusal ?? Result.Done;
        }
    }
}

/// <summary>Whether each staff member of an integration is switched on by hand, and what switching that would do.</summary>
public sealed record GetManualSyncing(Guid IntegrationId) : IRequest<Result<ManualSyncingView>>;

/// <summary>The setting, with what it does and what the other choice would do.</summary>
/// <param name="ManualSyncing">true: a new staff member starts switched off. false: a new staff member syncs at once.</param>
/// <param name="SwitchedOn">Staff members of this integration who are switched on.</param>
/// <param name="SwitchedOff">Staff members of this integration who are switched off.</param>
/// <param name="Effect">What holds now, in words.</param>
/// <param name="OtherwiseEffect">What the other choice would do, in words.</param>
public sealed record ManualSyncingView(
    bool ManualSyncing,
    int SwitchedOn,
    int SwitchedOff,
    string Effect,
    string OtherwiseEffect)
{
    public static ManualSyncingView Of(bool manual, int on, int off)
    {
        var byHand =
            $"A new staff member starts switched off, until an admin switches them on. The {on} who are switched on stay on, and the {off} who are switched off stay off.";
        var byItself =
            $"A new staff member syncs at once. The {off} who are switched off stay off: nobody is switched on silently. Switch on each whom you want with PUT /api/v1/staff/{{staffId}}/link/enabled.";
        return new ManualSyncingView(manual, on, off, manual ? byHand : byItself, manual ? byItself : byHand);
    }
}
