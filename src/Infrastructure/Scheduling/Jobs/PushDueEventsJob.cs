using CleanSync.Application.Syncing.Pushes;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class PushDueEventsJob(IMediator mediator, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(nameof(PushDueEvents), () => mediator.Send(new PushDueEvents(), cancellationToken), cancellationToken);
}
