using CleanSync.Application.Syncing.CleanUp;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class FinishLinkDeletionsJob(IMediator mediator, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(
            nameof(FinishLinkDeletions), () => mediator.Send(new FinishLinkDeletions(), cancellationToken), cancellationToken);
}
