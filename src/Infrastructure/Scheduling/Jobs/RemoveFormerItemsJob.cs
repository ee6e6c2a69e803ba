using CleanSync.Application.Syncing.CleanUp;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class RemoveFormerItemsJob(IMediator mediator, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(nameof(RemoveFormerItems), () => mediator.Send(new RemoveFormerItems(), cancellationToken),
            cancellationToken);
}
