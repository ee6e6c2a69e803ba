using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class DisconnectIntegrationsJob(IMediator mediator, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(nameof(DisconnectIntegrations), () => mediator.Send(new DisconnectIntegrations(), cancellationToken),
            cancellationToken);
}
