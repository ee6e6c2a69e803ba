using CleanSync.Application.Syncing.Failing;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations.Running;

/// <summary>Resumes every integration whose pause has reached its end.</summary>
public sealed record ResumeDueIntegrations : IRequest
{
    internal sealed class Handler(
        IExchangeIntegrationRepository integrations,
        IMediator mediator,
        IntegrationJobs jobs,
        ICautiousClock cautious,
        TimeProvider time)
        : AsyncRequestHandler<ResumeDueIntegrations>
    {
        protected override async Task Handle(ResumeDueIntegrations command, CancellationToken ct)
        {
            // An admin's pause holds as given: a clock that jumps ahead does not end it.
            var (all, now, earliest) = (await integrations.All(ct), time.GetUtcNow(), cautious.Earliest());
            foreach (var paused in all.Where(i => i is { Status: IntegrationStatus.Paused } && i.PausedUntil <= now
                && i.PausedUntil <= earliest))
                await jobs.Run(paused, "resumption", () => mediator.Send(new ResumeIntegration(paused.Id), ct), ct);
        }
    }
}
