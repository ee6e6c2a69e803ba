using System.Collections.Concurrent;

namespace CleanSync.Model.VirtualTime;

/// <summary>
/// Runs any number of asynchronous flows on one thread and one virtual clock: as long as anything can go on, it goes on; when everything
/// waits, the clock moves to the next timer. Nothing waits for real time, and two runs of the same flows are the same to the last step.
/// <para>
/// It sees work that awaits on this thread, timers of <see cref="Clock"/>, and what <see cref="Outside"/> completes. Work that goes to the
/// thread pool (Task.Run, Parallel, a contended semaphore or WaitAsync with a cancellable token, WhenAny on what completes asynchronously)
/// would not be seen; a run in which such work goes on with code of ours fails and says so.
/// </para>
/// </summary>
internal sealed class VirtualThread : SynchronizationContext
{
    private const int MostStepsAtOneMoment = 5_000_000;

    private readonly ConcurrentQueue<(SendOrPostCallback Work, object? State)> queue = new();
    private readonly AsyncLocal<bool> mark;
    private Thread? thread;
    private string? strayed;

    public VirtualThread(DateTimeOffset start)
    {
        Clock = new VirtualClock(start);
        mark = new AsyncLocal<bool>(Entered);
    }

    public VirtualClock Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Until that work has ended; what it threw is thrown. Flows that it started and left go on in the next run.</summary>
    public void Run(Func<Task> work)
    {
        var (before, marked) = (Current, mark.Value);
        thread = Thread.CurrentThread;
        SetSynchronizationContext(this);
        mark.Value = true;
        try
        {
            Drive(work());
        }
        finally
        {
            mark.Value = marked;
            SetSynchronizationContext(before);
            thread = null;
        }
    }

    public T Run<T>(Func<Task<T>> work)
    {
        Task<T>? task = null;
        Run((Func<Task>)(() => task = work()));
        return task!.Result;
    }

    public Task Delay(TimeSpan span) => Task.Delay(span, Clock);

    /// <summary>
    /// Completes something that code without this context may wait for, such as an answer from the network: what waits with
    /// ConfigureAwait(false) goes on within this call, on this thread, instead of going to the pool.
    /// </summary>
    public static void Outside(Action complete)
    {
        var before = Current;
        SetSynchronizationContext(null);
        try
        {
            complete();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    public override void Post(SendOrPostCallback d, object? state) => queue.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing may block on the virtual thread.");

    public override SynchronizationContext CreateCopy() => this;

    private void Drive(Task task)
    {
        var (moment, steps) = (Now, 0);
        while (!task.IsCompleted)
        {
            if (strayed is not null) throw new InvalidOperationException(strayed);
            if (moment != Now) (moment, steps) = (Now, 0);
            if (++steps > MostStepsAtOneMoment) throw new InvalidOperationException($"{steps} steps at {moment:O}: time stands still.");
            if (queue.TryDequeue(out var next)) next.Work(next.State);
            else if (!Tick()) throw new InvalidOperationException("Everything waits, and no timer is set: the work would never end.");
        }

        task.GetAwaiter().GetResult();
        if (strayed is not null) throw new InvalidOperationException(strayed);
    }

    /// <summary>A timer fires without a context, as it does in real life.</summary>
    private bool Tick()
    {
        var fired = false;
        Outside(() => fired = Clock.FireNext());
        return fired;
    }

    /// <summary>
    /// Work takes the mark along wherever it goes; on a foreign thread it gives that work away. Real timers are let be: the product sets
    /// none, and SQLite's pools prune themselves by one every few minutes.
    /// </summary>
    private void Entered(AsyncLocalValueChangedArgs<bool> change)
    {
        if (!change.CurrentValue || !change.ThreadContextChanged || thread is not { } mine || mine == Thread.CurrentThread) return;
        var stack = Environment.StackTrace;
        if (stack.Contains("System.Threading.TimerQueue", StringComparison.Ordinal)) return;
        strayed ??= $"Work left the virtual thread, so its order and its time are left to jitter:{Environment.NewLine}{stack}";
    }
}
