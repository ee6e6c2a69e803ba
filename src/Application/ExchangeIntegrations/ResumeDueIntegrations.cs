using CleanSync.Application.Syncing;
using CleanSync.Domain.ExchangeIntegrations;
using MediatR;

namespace CleanSync.Application.ExchangeIntegrations;

/// <summary>Resumes every integration whose pause has reached its end.</summary>
public sealed record ResumeDueIntegrations : IRequest
{
    internal sealed class Handler(IExchangeIntegrationRepository integrations, IMediator mediator, IntegrationJobs jobs, TimeProvider time)
        : AsyncRequestHandler<ResumeDueIntegrations>
    {
        protected override async Task Handle(ResumeDueIntegrations command, CancellationToken ct)
        {
            var all = await integrations.All(ct);
            foreach (var paused in all.Where(i => i is { Status: IntegrationStatus.Paused } && i.PausedUntil <= time.GetUtcNow()))
                await jobs.Run(paused, "resumption", () => mediator.Send(new ResumeIntegration(paused.Id), ct), ct);
        }
    }
}
