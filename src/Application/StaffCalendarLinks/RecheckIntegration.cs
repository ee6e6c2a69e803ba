using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using FluentValidation;
using MediatR;

namespace CleanSync.Application.StaffCalendarLinks;

public enum RecheckScope
{
    /// <summary>Everybody who shows a warning or an error of their own.</summary>
    Failed,

    /// <summary>Everybody who is switched on.</summary>
    All,
}

/// <summary>
/// Has the mailboxes of many staff members opened and read anew, each when its turn comes in the ordinary rounds: the governor of calls
/// holds, a slow one holds up no other, a refused password stops it, and what was asked for survives a restart.
/// </summary>
public sealed record RecheckIntegration(Guid IntegrationId, RecheckScope Which) : IRequest<Result>, IAdminAction
{
    AuditSubject IAdminAction.Subject => AuditSubject.Of("integration", IntegrationId, new GetRecheck(IntegrationId));

    internal sealed class Validator : AbstractValidator<RecheckIntegration>
    {
        public Validator() => RuleFor(c => c.Which).IsInEnum().OverridePropertyName("which").WithMessage("Expected Failed or All.");
    }

    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IRechecks rechecks,
        TimeProvider time) : IRequestHandler<RecheckIntegration, Result>
    {
        public async Task<Result> Handle(RecheckIntegration command, CancellationToken ct)
        {
            if (await integrations.Find(command.IntegrationId, ct) is not { } integration)
                return new IntegrationNotFound(command.IntegrationId);
            if (integration.BlockedBy is { } still) return still;
            await rechecks.Ask(command.IntegrationId, command.Which, time.GetUtcNow(), ct);
            return Result.Done;
        }
    }
}

/// <summary>Checks of many staff members, as data.</summary>
public interface IRechecks
{
    /// <summary>Asks for a check of each, in one commit; a check of many that was asked for before is replaced.</summary>
    Task Ask(Guid integrationId, RecheckScope which, DateTimeOffset now, CancellationToken ct);
}

/// <summary>How the latest check of many staff members of an integration stands.</summary>
public sealed record GetRecheck(Guid IntegrationId) : IRequest<Result<RecheckView>>;

/// <summary>The latest check of many staff members.</summary>
/// <param name="Which">Null when none was asked for yet.</param>
/// <param name="Total">Staff members who were to be checked.</param>
/// <param name="Done">Of these, how many have a result.</param>
/// <param name="Remaining">How many still wait for their turn.</param>
/// <param name="Syncing">Who was checked and syncs now.</param>
/// <param name="Warning">Who was checked and shows a warning now.</param>
/// <param name="Error">Who was checked and shows an error now.</param>
/// <param name="StoppedBecause">The integration does not run, so the rest waits until it does; null as a rule.</param>
public sealed record RecheckView(
    RecheckScope? Which,
    DateTimeOffset? AskedAt,
    int Total,
    int Done,
    int Remaining,
    int Syncing,
    int Warning,
    int Error,
    string? StoppedBecause);
