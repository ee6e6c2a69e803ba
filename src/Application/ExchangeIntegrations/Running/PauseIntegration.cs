using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>
/// Stops sending anything to Exchange, as for planned maintenance. Bookings and edits go on and wait. A paused integration gets the new
/// reason and time.
/// </summary>
/// <param name="Until">When it goes on by itself; null until an admin resumes it.</param>
public sealed record PauseIntegration(
    Guid Id,
    string Reason,
    DateTimeOffset? Until) : IRequest<Result<IntegrationView>>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", Id, new GetIntegration(Id));

    internal sealed class Validator : AbstractValidator<PauseIntegration>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(c => c.Reason).Must(Text.UpTo(200))
                .OverridePropertyName("reason")
                .WithMessage("Say why, in 1 to 200 characters: whoever meets the pause reads it.")
                .OneLine();
            RuleFor(c => c.Until).Must(until => until is null || until > time.GetUtcNow())
                .OverridePropertyName("until")
                .WithMessage("Expected a time to come, or nothing to pause until it is resumed.");
        }
    }

    internal sealed class Handler(IExchangeIntegrationRepository integrations, ReviewSignal review)
        : IRequestHandler<PauseIntegration, Result<IntegrationView>>
    {
        public async Task<Result<IntegrationView>> Handle(PauseIntegration command, CancellationToken ct)
        {
            var paused = await integrations.Change(command.Id, stored => stored.Paused(command.Reason, command.Until), ct);
            review.Ask();
            return paused.Refusal is { } refusal ? refusal : IntegrationView.Of(paused.Value);
        }
    }
}
