using CleanSync.Application.Syncing.Queue;
using MediatR;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace CleanSync.Infrastructure.Scheduling.Jobs;

/// <summary>A round may go on for as long as calendars become due; it ends when the host does.</summary>
[DisallowConcurrentExecution]
internal sealed class QueueDueCalendarsJob(IMediator mediator, Heartbeat heartbeat, IHostApplicationLifetime host) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        await heartbeat.Beat(nameof(QueueDueCalendars), () => mediator.Send(new QueueDueCalendars(), ends.Token), ends.Token);
    }
}
