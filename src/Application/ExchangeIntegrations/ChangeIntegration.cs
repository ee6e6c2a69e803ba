using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>
/// Changes settings, and the password when one is given. A new connection, or password, of an integration that was authorized is tried with one logon
/// before it replaces what is stored; what does not work changes nothing. Titles that may no longer be shown are removed before this answers.
/// </summary>
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

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations, IStaffCalendarLinkRepository links, ISyncedEventRepository events, ICalendarDirectory directory, ISecretVault vault, IPushSignal signal)
        : IRequestHandler<ChangeIntegration, Result<IntegrationView>>
    {
        public async Task<Result<IntegrationView>> Handle(ChangeIntegration command, CancellationToken ct)
        {
            if (await integrations.Find(command.Id, ct) is not { } stored) return new IntegrationNotFound(command.Id);
            if (command.ExpectedVersion is { } expected && expected != stored.Version) return new ChangedMeanwhile("The integration");

            var changed = stored.With(command.Settings);
            if (!string.IsNullOrEmpty(command.NewPassword)) changed = changed.WithPassword(vault.Seal(stored.Id, command.NewPassword));
            if (MustBeTried(stored, command))
            {
                var tried = await Tried(changed, !string.IsNullOrEmpty(command.NewPassword), stored.Reaches(command.Settings), ct);
                if (tried.Refusal is { } unproven) return unproven;
                changed = tried.Value;
            }

            var saved = await integrations.Save(changed, ct);
            if (saved.Refusal is { } refusal) return refusal;

            if (stored.ShowEventTitles && !changed.ShowEventTitles) await events.ForgetTitles(stored.Id, ct);
            if (stored.WhyStill is not null && changed.WhyStill is null) signal.Ring((await links.OfIntegration(stored.Id, ct)).Select(l => l.Id));
            return IntegrationView.Of(changed with { Version = stored.Version + 1 });
        }

        /// <summary>A draft is tried when it is authorized; to a paused one nothing is sent, so its first call after the pause goes out alone.</summary>
        private static bool MustBeTried(ExchangeIntegration stored, ChangeIntegration command) =>
            stored.Status is not (IntegrationStatus.Draft or IntegrationStatus.Paused) && (!stored.Reaches(command.Settings) || !string.IsNullOrEmpty(command.NewPassword));

        private async Task<Result<ExchangeIntegration>> Tried(ExchangeIntegration candidate, bool newPassword, bool sameConnection, CancellationToken ct)
        {
            try
            {
                var account = await directory.TryAccount(candidate, ct);
                if (account.OwnCalendarId is null && !candidate.UseImpersonation) return new ServiceAccountHasNoMailbox(candidate.Account.UserName);
                return candidate.Authorized(account.OwnCalendarId);
            }
            catch (CalendarFailure failure)
            {
                if (newPassword && failure.Refusal is CredentialRefused) return new NewPasswordIsRefused(candidate.Account.UserName);
                if (newPassword && sameConnection && failure.Refusal is CredentialOrExtendedProtectionRefused) return new NewPasswordIsRefused(candidate.Account.UserName, OrExtendedProtection: true);
                return failure.Refusal is Unavailable ? new NewConnectionIsUnreachable(failure.Refusal.Message) : new NewConnectionDoesNotWork(failure.Refusal.Message);
            }
        }
    }
}
