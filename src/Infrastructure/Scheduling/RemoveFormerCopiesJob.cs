using CleanSync.Application.Syncing;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling;

[DisallowConcurrentExecution]
internal sealed class RemoveFormerCopiesJob(IMediator mediator, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(nameof(RemoveFormerCopies), () => mediator.Send(new RemoveFormerCopies(), cancellationToken),
            cancellationToken);
}
