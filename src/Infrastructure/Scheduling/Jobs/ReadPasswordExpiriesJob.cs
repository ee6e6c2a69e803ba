using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Infrastructure.Scheduling.Singletons;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class ReadPasswordExpiriesJob(IMediator mediator, SoleWork sole, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(
            nameof(ReadPasswordExpiries),
            () => sole.Run(nameof(ReadPasswordExpiries), stop => mediator.Send(new ReadPasswordExpiries(), stop), cancellationToken),
            cancellationToken);
}
