using CleanSync.Application.ExchangeIntegrations.Running;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class ResumeDueIntegrationsJob(IMediator mediator, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(nameof(ResumeDueIntegrations), () => mediator.Send(new ResumeDueIntegrations(), cancellationToken),
            cancellationToken);
}
