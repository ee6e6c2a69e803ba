using CleanSync.Application.ExchangeIntegrations.Running;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class ReadPasswordExpiriesJob(IMediator mediator, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(nameof(ReadPasswordExpiries), () => mediator.Send(new ReadPasswordExpiries(), cancellationToken),
            cancellationToken);
}
