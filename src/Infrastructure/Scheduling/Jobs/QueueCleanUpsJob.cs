using CleanSync.Application.Syncing.Queue;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class QueueCleanUpsJob(IMediator mediator, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(nameof(QueueCleanUps), () => mediator.Send(new QueueCleanUps(), cancellationToken),
            cancellationToken);
}
