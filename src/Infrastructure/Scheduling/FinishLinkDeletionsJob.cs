using CleanSync.Application.Syncing;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling;

[DisallowConcurrentExecution]
internal sealed class FinishLinkDeletionsJob(IMediator mediator) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await mediator.Send(new FinishLinkDeletions(), cancellationToken);
}
