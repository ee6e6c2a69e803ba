using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.SyncedEvents;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>Changes settings, and the password when one is given. Titles that may no longer be shown are removed before this answers.</summary>
/// <param name="ExpectedVersion">From If-Match; null to overwrite whatever is stored.</param>
public sealed record ChangeIntegration(Guid Id, IntegrationSettings Settings, string? NewPassword, int? ExpectedVersion) : IRequest<Result<IntegrationView>>, IMayChangeWhoIsHeard, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    string? IAdminAction.Note => string.IsNullOrEmpty(NewPassword) ? null : "a new password was given";

    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => $"{nameof(ChangeIntegration)} {Id}";

    internal sealed class Validator : AbstractValidator<ChangeIntegration>
    {
        public Validator(ConnectionPolicy policy, INetworkAddresses addresses) => RuleFor(c => c.Settings).SetValidator(new IntegrationSettingsValidator(policy, addresses));
    }

    internal sealed class Handler(IExchangeIntegrationRepository integrations, ISyncedEventRepository events, ISecretVault vault)
        : IRequestHandler<ChangeIntegration, Result<IntegrationView>>
    {
        public async Task<Result<IntegrationView>> Handle(ChangeIntegration command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } stored) return new IntegrationNotFound(command.Id);
            if (command.ExpectedVersion is { } expected && expected != stored.Version) return new ChangedMeanwhile("The integration");

            var changed = stored.With(command.Settings);
            if (!string.IsNullOrEmpty(command.NewPassword)) changed = changed.WithPassword(vault.Seal(stored.Id, command.NewPassword));
            var saved = await integrations.Save(changed, ct);
            if (saved.Refusal is { } refusal) return refusal;

            if (stored.ShowEventTitles && !changed.ShowEventTitles) await events.ForgetTitles(stored.Id, ct);
            return IntegrationView.Of(changed with { Version = stored.Version + 1 });
        }
    }
}
