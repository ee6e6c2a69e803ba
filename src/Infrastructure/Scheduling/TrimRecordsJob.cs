using CleanSync.Application.Retention;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling;

[DisallowConcurrentExecution]
internal sealed class TrimRecordsJob(IMediator mediator) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await mediator.Send(new TrimRecords(), cancellationToken);
}
