using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Domain.StaffCalendarLinks;
using MediatR;
using Microsoft.Extensions.Logging;

namespace CleanSync.Application.Syncing.Queue;

/// <summary>
/// Passes side by side, until no calendar is due and none is being read. One that takes long holds up no other: calendars that become due
/// meanwhile start as well. Of one integration only so many are begun as its gate can keep busy, so that one that stands still does not use
/// up the node.
/// </summary>
internal sealed class CalendarRound(
    IStaffCalendarLinkRepository links,
    MailboxLocks locks,
    IMediator mediator,
    SyncOptions options,
    TimeProvider time,
    ILogger<CalendarRound> logger)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private readonly Dictionary<Guid, Guid> integrationOf = [];
    private readonly Dictionary<Guid, long> begun = [];
    private readonly Lock gate = new();
    private TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var next = Next();
            await locks.ReleaseLeftOvers(ct);
            foreach (var due in await Startable(ct)) _ = Pass(due, ct);
            if (Running == 0) return;
            await using (time.CreateTimer(_ => next.TrySetResult(), null, LookAgain, Timeout.InfiniteTimeSpan)) await next.Task;
        }
    }

    private int Running
    {
        get { lock (gate) return integrationOf.Count; }
    }

    private TaskCompletionSource Next()
    {
        lock (gate)
        {
            if (ended.Task.IsCompleted) ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return ended;
        }
    }

    private async Task<IReadOnlyList<DueLink>> Startable(CancellationToken ct)
    {
        var starting = new List<DueLink>();
        while (true)
        {
            var now = time.GetUtcNow();
            var (free, full, recent) = Room();
            if (free <= 0) return starting;
            var before = starting.Count;
            foreach (var due in await links.Due(now, free + recent, full, ct))
            {
                if (starting.Count - before < free && Takes(due)) starting.Add(due);
            }

            if (starting.Count == before) return starting;
        }
    }

    /// <summary>One that ended without an effect, and so is due still, is left to a later look: it must not be tried in a circle.</summary>
    private bool Takes(DueLink due)
    {
        lock (gate)
        {
            if (begun.TryGetValue(due.LinkId, out var at) && time.GetElapsedTime(at) < LookAgain) return false;
            if (OfIntegration(due.IntegrationId) >= MostOfIntegration || !integrationOf.TryAdd(due.LinkId, due.IntegrationId)) return false;
            begun[due.LinkId] = time.GetTimestamp();
            return true;
        }
    }

    private int MostOfIntegration => Math.Max(1, Math.Min(options.Parallelism, options.CallsAtOnce * 2));

    private int OfIntegration(Guid id) => integrationOf.Values.Count(i => i == id);

    private (int Free, IReadOnlyCollection<Guid> Full, int Recent) Room()
    {
        lock (gate)
        {
            foreach (var old in begun.Where(b => time.GetElapsedTime(b.Value) >= LookAgain).ToList()) begun.Remove(old.Key);
            return (
                options.Parallelism - integrationOf.Count,
                [.. integrationOf.Values.Distinct().Where(i => OfIntegration(i) >= MostOfIntegration)],
                begun.Count);
        }
    }

    private async Task Pass(DueLink due, CancellationToken ct)
    {
        await Task.Yield();
        try
        {
            await mediator.Send(new SyncCalendar(due.LinkId), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // the node stops
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "A pass could not even begin; other calendars go on");
        }
        finally
        {
            lock (gate)
            {
                integrationOf.Remove(due.LinkId);
                ended.TrySetResult();
            }
        }
    }
}
