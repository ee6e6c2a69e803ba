using CleanSync.Application.ExchangeIntegrations;
using MediatR;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling;

[DisallowConcurrentExecution]
internal sealed class ReadPasswordExpiriesJob(IMediator mediator) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await mediator.Send(new ReadPasswordExpiries(), cancellationToken);
}
