using System.Collections.Concurrent;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>Does what is in the queue, side by side. What goes wrong with one calendar is logged and never stops the others.</summary>
internal sealed class CalendarWorker(
    CalendarQueue queue,
    IStaffCalendarLinkRepository links,
    IServiceScopeFactory scopes,
    SyncOptions options,
    ILogger<CalendarWorker> logger)
{
    private readonly ConcurrentDictionary<Guid, Task> running = new();

    /// <summary>Until what is being done now has ended.</summary>
    public async Task Finish()
    {
        foreach (var work in running.Values) await work;
    }

    /// <summary>Begins everything that may begin now.</summary>
    public async Task BeginReady(CancellationToken ct)
    {
        Begin(ct);
        if (queue.WithoutIntegration() is not { Count: > 0 } strangers) return;
        queue.Place(strangers, await links.IntegrationsOf(strangers, ct));
        Begin(ct);
    }

    private void Begin(CancellationToken ct)
    {
        while (queue.Take() is var (linkId, work)) running[linkId] = Do(linkId, work, ct);
    }

    /// <summary>Does all that is ready, for a node that does nothing by itself.</summary>
    public async Task Drain(CancellationToken ct)
    {
        while (true)
        {
            var changed = queue.Changed;
            await BeginReady(ct);
            if (queue.Idle.IsCompleted) return;
            await changed.Task;
        }
    }

    private async Task Do(Guid linkId, CalendarWork work, CancellationToken ct)
    {
        await Task.Yield();
        var again = CalendarWork.None;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var ended = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new WorkOnCalendar(linkId, work), ct);
            // Who is at it now may have read it before it changed.
            if (ended.Refusal is CalendarIsBusy) again = work & CalendarWork.Changes;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // the node stops
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The work on a calendar could not even begin; the next heartbeat tries it again, others go on");
        }
        finally
        {
            running.TryRemove(linkId, out _);
            queue.Done(linkId, again, options.FirstPause);
        }
    }
}
