using CleanSync.Application.Secrets;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

/// <summary>
/// Replaces the service account's password and nothing else. It is tried as in <see cref="ChangeIntegration"/>: one that does not work
/// changes nothing.
/// </summary>
/// <param name="ExpectedVersion">From If-Match; null to overwrite whatever is stored.</param>
public sealed record ChangePassword(Guid Id, string NewPassword, bool TryAnyway, int? ExpectedVersion)
    : IRequest<Result<IntegrationView>>, IAdminAction
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
        IStaffCalendarLinkRepository links,
        ConnectionChange changes,
        ISecretVault vault,
        ICalendarQueue queue,
        ReviewSignal review)
        : IRequestHandler<ChangePassword, Result<IntegrationView>>
    {
        public async Task<Result<IntegrationView>> Handle(ChangePassword command, CancellationToken ct)
        {
            var made = await changes.Make(
                command.Id,
                stored => vault.Seal(stored.Id, command.NewPassword).Then<ExchangeIntegration>(password => stored.WithPassword(password)),
                newPassword: true,
                sameConnection: _ => true,
                command.TryAnyway,
                command.ExpectedVersion,
                ct);
            if (made.Refusal is { } refusal) return refusal;
            var (before, after) = made.Value;
            if (before.BlockedBy is not null && after.BlockedBy is null)
                queue.Add(CalendarWork.Push, (await links.OfIntegration(before.Id, ct)).Select(l => l.Id));
            review.Ask();
            return IntegrationView.Of(after);
        }
    }
}
