using CleanSync.Application.Erasures;
using CleanSync.Infrastructure.Scheduling.Singletons;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class ContinueErasuresJob(IMediator mediator, SoleWork sole, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(
            nameof(ContinueErasures),
            () => sole.Run(nameof(ContinueErasures), stop => mediator.Send(new ContinueErasures(), stop), cancellationToken),
            cancellationToken);
}
