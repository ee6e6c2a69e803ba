using System.Threading.Channels;
using CleanSync.Application.Syncing.Notifications;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>
/// Calendars that rang, each once: a calendar is read when it has been quiet for a moment, or has rung for long enough. One that rings while it is
/// read is read once more.
/// </summary>
internal sealed class BellSignal(NotificationOptions options, TimeProvider time) : ICalendarBell, IDisposable
{
    private readonly Channel<Guid> queue = Channel.CreateUnbounded<Guid>();
    private readonly Dictionary<Guid, Rung> rung = [];
    private readonly Lock gate = new();

    private enum Stage
    {
        Ringing,
        Queued,
        BeingRead,
        RangWhileBeingRead,
    }

    public void Ring(IEnumerable<Guid> linkIds)
    {
        lock (gate)
        {
            foreach (var linkId in linkIds) Ring(linkId);
        }
    }

    /// <summary>Calendars to read; each must be <see cref="Done"/> afterwards.</summary>
    public async IAsyncEnumerable<Guid> Rings([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        while (await queue.Reader.WaitToReadAsync(ct))
        {
            while (queue.Reader.TryRead(out var linkId))
            {
                lock (gate) rung[linkId].Stage = Stage.BeingRead;
                yield return linkId;
            }
        }
    }

    /// <param name="again">It could not be read just now: it rings again after this time.</param>
    public void Done(Guid linkId, TimeSpan? again = null)
    {
        lock (gate)
        {
            if (!rung.Remove(linkId, out var done)) return;
            done.Timer?.Dispose();
            if (again is { } pause) Begin(linkId, pause);
            else if (done.Stage is Stage.RangWhileBeingRead) Begin(linkId, options.QuietTime);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var each in rung.Values) each.Timer?.Dispose();
        }
    }

    private void Ring(Guid linkId)
    {
        if (!rung.TryGetValue(linkId, out var before)) Begin(linkId, options.QuietTime);
        else if (before.Stage is Stage.BeingRead) before.Stage = Stage.RangWhileBeingRead;
        else if (before.Stage is Stage.Ringing && options.LongestQuiet - time.GetElapsedTime(before.Since) is var left && left > TimeSpan.Zero)
            before.Timer!.Change(left < options.QuietTime ? left : options.QuietTime, Timeout.InfiniteTimeSpan);
    }

    private void Begin(Guid linkId, TimeSpan pause)
    {
        var now = new Rung(time.GetTimestamp());
        rung[linkId] = now;
        now.Timer = time.CreateTimer(_ => Quiet(linkId, now), null, pause, Timeout.InfiniteTimeSpan);
    }

    private void Quiet(Guid linkId, Rung which)
    {
        lock (gate)
        {
            if (which.Stage is not Stage.Ringing || !rung.TryGetValue(linkId, out var current) || current != which) return;
            which.Stage = Stage.Queued;
            queue.Writer.TryWrite(linkId);
        }
    }

    private sealed class Rung(long since)
    {
        public long Since { get; } = since;

        public Stage Stage { get; set; } = Stage.Ringing;

        public ITimer? Timer { get; set; }
    }
}
