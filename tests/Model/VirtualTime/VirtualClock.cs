namespace CleanSync.Model.VirtualTime;

/// <summary>
/// A clock that stands still until it is moved to its next timer. Timers that are due together fire in the order in which they were set.
/// </summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<Firing, (DateTimeOffset Due, long Order)> pending = new();
    private readonly Lock gate = new();
    private DateTimeOffset now = start;
    private TimeSpan jumped;
    private long order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now + jumped;
    }

    public override long GetTimestamp()
    {
        lock (gate) return now.UtcTicks;
    }

    /// <summary>Somebody sets the clock; timers and timestamps go on as they were.</summary>
    public void Jump(TimeSpan by)
    {
        lock (gate) jumped += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the earliest timer and fires it. False when there is none.</summary>
    public bool FireNext()
    {
        Firing firing;
        lock (gate)
        {
            do
            {
                if (!pending.TryDequeue(out firing!, out var when)) return false;
                if (firing.IsSet && when.Due > now) now = when.Due;
            }
            while (!firing.IsSet);
        }

        firing.Timer.Fire(firing);
        return true;
    }

    private Firing Set(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (gate)
        {
            var firing = new Firing(timer);
            pending.Enqueue(firing, (now + dueTime, ++order));
            return firing;
        }
    }

    /// <summary>One entry of the queue; a timer that is changed or disposed of leaves it behind, unset.</summary>
    private sealed class Firing(VirtualTimer timer)
    {
        public VirtualTimer Timer { get; } = timer;

        public bool IsSet { get; set; } = true;
    }

    private sealed class VirtualTimer(VirtualClock clock, Action callback) : ITimer
    {
        private Firing? next;
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Unset();
            this.period = period;
            if (dueTime >= TimeSpan.Zero) next = clock.Set(this, dueTime);
            return true;
        }

        public void Fire(Firing firing)
        {
            if (!firing.IsSet) return;
            firing.IsSet = false;
            if (period > TimeSpan.Zero) next = clock.Set(this, period);
            callback();
        }

        public void Dispose() => Unset();

        public ValueTask DisposeAsync()
        {
            Unset();
            return ValueTask.CompletedTask;
        }

        private void Unset()
        {
            if (next is not null) next.IsSet = false;
        }
    }
}
