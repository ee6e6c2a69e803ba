using CleanSync.Application.Syncing.Queue;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class QueueDuePushesJob(IMediator mediator, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(nameof(QueueDuePushes), () => mediator.Send(new QueueDuePushes(), cancellationToken), cancellationToken);
}
