using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using CleanSync.Infrastructure.Scheduling.Singletons;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class DisconnectIntegrationsJob(IMediator mediator, SoleWork sole, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(
            nameof(DisconnectIntegrations),
            () => sole.Run(nameof(DisconnectIntegrations), stop => mediator.Send(new DisconnectIntegrations(), stop), cancellationToken),
            cancellationToken);
}
