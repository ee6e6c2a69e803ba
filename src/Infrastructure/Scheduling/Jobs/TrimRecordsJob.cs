using CleanSync.Application.Retention;
using CleanSync.Infrastructure.Scheduling.Singletons;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

[DisallowConcurrentExecution]
internal sealed class TrimRecordsJob(IMediator mediator, SoleWork sole, Heartbeat heartbeat) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await heartbeat.Beat(
            nameof(TrimRecords),
            () => sole.Run(nameof(TrimRecords), stop => mediator.Send(new TrimRecords(), stop), cancellationToken),
            cancellationToken);
}
