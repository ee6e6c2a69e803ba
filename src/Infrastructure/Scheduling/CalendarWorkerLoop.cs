using CleanSync.Application.Syncing.Queue;
using CleanSync.Infrastructure.Persistence.Nodes;
using Microsoft.Extensions.Hosting;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Begins what is in the queue as soon as there is room for it, until the process stops.</summary>
internal sealed class CalendarWorkerLoop(
    CalendarWorker worker,
    CalendarQueue queue,
    ICalendarClaims claims,
    Heartbeat heartbeat,
    TimeProvider time) : BackgroundService
{
    /// <summary>After a beat that failed nothing in the queue may change.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Work(stoppingToken);

    /// <summary>Until it is cancelled, and what was begun has ended.</summary>
    public async Task Work(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            // One thing to wait for, and no Task.WhenAny: on virtual time everything has its order.
            var changed = queue.Changed;
            await heartbeat.Beat("queue of calendars", () => worker.BeginReady(ct), ct);
            await using (ct.Register(() => changed.TrySetResult()))
            await using (time.CreateTimer(_ => changed.TrySetResult(), null, LookAgain, Timeout.InfiniteTimeSpan))
                await changed.Task;
        }

        await worker.Finish();
        await GivingBack.Briefly(() => claims.GiveBackAll(CancellationToken.None));
    }
}
