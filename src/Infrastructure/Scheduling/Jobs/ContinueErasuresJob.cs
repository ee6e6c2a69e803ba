using CleanSync.Application.Erasures;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class ContinueErasuresJob(IMediator mediator, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(nameof(ContinueErasures), () => mediator.Send(new ContinueErasures(), cancellationToken), cancellationToken);
}
