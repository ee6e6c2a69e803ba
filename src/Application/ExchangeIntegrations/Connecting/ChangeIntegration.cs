using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Application.Secrets;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>
/// Changes settings, and the password when one is given. A new connection, or password, of an integration that was authorized is tried with
/// one logon before it replaces what is stored; what does not work changes nothing. A change that would lead the stored password elsewhere
/// needs the password, in every status. Titles that may no longer be shown are removed before this answers.
/// </summary>
/// <param name="ExpectedVersion">From If-Match; null to overwrite whatever is stored.</param>
public sealed record ChangeIntegration(
    Guid Id,
    IntegrationSettings Settings,
    string? NewPassword,
    int? ExpectedVersion,
    bool TryAnyway = false)
    : IRequest<Result<IntegrationView>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    string? IAdminAction.Note => TryAnywayNote.Of(TryAnyway, string.IsNullOrEmpty(NewPassword) ? null : "a new password was given");

    /// <summary>A record would print its members, the password among them.</summary>
    public override string ToString() => $"{nameof(ChangeIntegration)} {Id}";

    internal sealed class Validator : AbstractValidator<ChangeIntegration>
    {
        public Validator(ConnectionPolicy policy, INetworkAddresses addresses) =>
            RuleFor(c => c.Settings).SetValidator(new IntegrationSettingsValidator(policy, addresses));
    }

    internal sealed class Handler(
        IStaffCalendarLinkRepository links,
        ISyncedEventRepository events,
        ConnectionChange changes,
        ISecretVault vault,
        ICalendarQueue queue,
        ReviewSignal review)
        : IRequestHandler<ChangeIntegration, Result<IntegrationView>>
    {
        public async Task<Result<IntegrationView>> Handle(ChangeIntegration command, CancellationToken ct)
        {
            var newPassword = !string.IsNullOrEmpty(command.NewPassword);
            var made = await changes.Make(
                command.Id,
                stored => newPassword
                    ? vault.Seal(stored.Id, command.NewPassword!).Then(password => stored.With(command.Settings, password))
                    : stored.With(command.Settings),
                newPassword,
                stored => stored.Reaches(command.Settings),
                command.TryAnyway,
                command.ExpectedVersion,
                ct);
            if (made.Refusal is { } refusal) return refusal;
            var (before, after) = made.Value;
            if (before.ShowEventTitles && !after.ShowEventTitles) await events.ForgetTitles(before.Id, ct);
            if (before.BlockedBy is not null && after.BlockedBy is null)
                queue.Add(CalendarWork.Push, (await links.OfIntegration(before.Id, ct)).Select(l => l.Id));
            review.Ask();
            return IntegrationView.Of(after);
        }
    }
}
