using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>
/// Replaces the service account's password and nothing else. It is tried as in <see cref="ChangeIntegration"/>: one that does not work
/// changes nothing.
/// </summary>
/// <param name="ExpectedVersion">From If-Match; null to overwrite whatever is stored.</param>
public sealed record ChangePassword(Guid Id, string NewPassword, bool TryAnyway, int? ExpectedVersion)
    : IRequest<Result<IntegrationView>>, IMayChangeWhoIsHeard, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    string? IAdminAction.Note => TryAnywayNote.Of(TryAnyway, "a new password was given");

    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => $"{nameof(ChangePassword)} {Id}";

    internal sealed class Validator : AbstractValidator<ChangePassword>
    {
        public Validator() => RuleFor(c => c.NewPassword).NotEmpty().OverridePropertyName("password")
            .WithMessage("Give the service account's new password.");
    }

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations, IStaffCalendarLinkRepository links, ConnectionTrial trial, ISecretVault vault,
        IPushSignal signal)
        : IRequestHandler<ChangePassword, Result<IntegrationView>>
    {
        public async Task<Result<IntegrationView>> Handle(ChangePassword command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } stored) return new IntegrationNotFound(command.Id);
            if (command.ExpectedVersion is { } expected && expected != stored.Version) return new ChangedMeanwhile("The integration");

            var tried = await trial.Of(
                stored.WithPassword(vault.Seal(stored.Id, command.NewPassword)), newPassword: true, sameConnection: true,
                command.TryAnyway, ct);
            if (tried.Refusal is { } unproven) return unproven;
            var saved = await integrations.Save(tried.Value, ct);
            if (saved.Refusal is { } refusal) return refusal;

            if (stored.WhyStill is not null && tried.Value.WhyStill is null)
                signal.Ring((await links.OfIntegration(stored.Id, ct)).Select(l => l.Id));
            return IntegrationView.Of(tried.Value with { Version = stored.Version + 1 });
        }
    }
}
