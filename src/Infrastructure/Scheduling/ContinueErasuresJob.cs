using CleanSync.Application.Erasures;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling;

[DisallowConcurrentExecution]
internal sealed class ContinueErasuresJob(IMediator mediator) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await mediator.Send(new ContinueErasures(), cancellationToken);
}
