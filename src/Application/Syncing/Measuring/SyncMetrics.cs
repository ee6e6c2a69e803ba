using System.Diagnostics;
using System.Diagnostics.Metrics;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Domain;
using CleanSync.Domain.Syncing.Pushes;

namespace CleanSync.Application.Syncing.Measuring;

/// <summary>
/// What is counted where passes and pushes run. No label names a person, a mailbox or an appointment: a result is <c>done</c> or the stable
/// code of a refusal, so there are as many series as there are codes. docs/operations.md, "What is measured", says what each means.
/// </summary>
internal sealed class SyncMetrics
{
    /// <summary>All instruments of this program belong to one meter, and all its spans to one source.</summary>
    public const string Name = "CleanSync";

    /// <summary>How a thing ended that ended well.</summary>
    public const string Done = "done";

    /// <summary>From a twentieth of a second, an empty pass, to the hour that a first sync of a big calendar may take.</summary>
    private static readonly double[] PassSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600];

    private readonly Counter<long> passes, pushes, conflicts, leasesLost;
    private readonly Histogram<double> passDuration;
    private readonly TimeProvider time;

    public SyncMetrics(IMeterFactory meters, CalendarQueue queue, ExceptionStreaks streaks, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create(Name);
        passes = meter.CreateCounter<long>("cleansync.passes", "{pass}", "Passes over a calendar that have ended.");
        passDuration = meter.CreateHistogram(
            "cleansync.pass.duration", "s", "How long a pass took.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = PassSeconds });
        pushes = meter.CreateCounter<long>("cleansync.pushes", "{push}", "Steps of pushes that have ended.");
        conflicts = meter.CreateCounter<long>(
            "cleansync.conflicts", "{conflict}", "Appointments that both sides had changed; the booking product won.");
        leasesLost = meter.CreateCounter<long>(
            "cleansync.leases.lost", "{lease}", "Passes and pushes that stopped because another node had taken over the calendar.");
        meter.CreateObservableCounter(
            "cleansync.exceptions", () => streaks.Noted, "{exception}", "Unhandled exceptions of passes, pushes and jobs.");
        meter.CreateObservableGauge("cleansync.queue.calendars", () => InQueue(queue.Now()), "{calendar}", "Calendars in the queue.");
        meter.CreateObservableGauge(
            "cleansync.queue.age", () => queue.Now().Oldest.TotalSeconds, "s", "How long the calendar that waits longest has been ready.");
    }

    /// <summary>Pass, push and call to Exchange, for whoever follows a trace.</summary>
    public static ActivitySource Spans { get; } = new(Name);

    public async Task<T> Pass<T>(bool isWhole, Func<Task<T>> pass)
    {
        var kind = isWhole ? "full" : "incremental";
        using var span = Spans.StartActivity($"{kind} pass");
        var (begun, result) = (time.GetTimestamp(), Done);
        try
        {
            return await pass();
        }
        catch (Exception failure)
        {
            result = ResultOf(failure);
            throw;
        }
        finally
        {
            passes.Add(1, new("kind", kind), new("result", result));
            passDuration.Record(time.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
            span?.SetTag("result", result);
        }
    }

    /// <summary>One step of one copy. What needs no call to Exchange is not counted.</summary>
    public async Task Push(PushStep step, Func<Task> carry)
    {
        if (NameOf(step) is not { } name)
        {
            await carry();
            return;
        }

        using var span = Spans.StartActivity($"push {name}");
        var result = Done;
        try
        {
            await carry();
        }
        catch (Exception failure)
        {
            result = ResultOf(failure);
            throw;
        }
        finally
        {
            pushes.Add(1, new("step", name), new("result", result));
            span?.SetTag("result", result);
        }
    }

    public void Conflicts(int count)
    {
        if (count > 0) conflicts.Add(count);
    }

    public void LeaseLost() => leasesLost.Add(1);

    private static string? NameOf(PushStep step) => step switch
    {
        PushStep.Create => "create",
        PushStep.Update => "update",
        PushStep.Delete => "delete",
        PushStep.LookUpOutcome => "look-up",
        _ => null,
    };

    private static string ResultOf(Exception failure) => failure switch
    {
        CalendarFailure known => known.Refusal.Code,
        StorageFailure known => known.Refusal.Code,
        LeaseWasLost => "lease-lost",
        OperationCanceledException => "stopped",
        _ => Unexpected.Name,
    };

    private static Measurement<int>[] InQueue(QueueNow now) =>
    [
        new(now.Quieting, new KeyValuePair<string, object?>("stage", "quieting")),
        new(now.Ready, new KeyValuePair<string, object?>("stage", "ready")),
        new(now.Running, new KeyValuePair<string, object?>("stage", "running")),
    ];
}
