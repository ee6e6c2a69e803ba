using System.Threading.Channels;
using CleanSync.Application.Syncing.Notifications;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>
/// Calendars of which Exchange told a change, each once: a calendar is read when it has been quiet for a moment, or has waited for long
/// enough. One that changes while it is read is read once more.
/// </summary>
internal sealed class NotifiedCalendars(NotificationOptions options, TimeProvider time) : INotifiedCalendars, IDisposable
{
    private readonly Channel<Guid> queue = Channel.CreateUnbounded<Guid>();
    private readonly Dictionary<Guid, Waiting> waiting = [];
    private readonly Lock gate = new();

    private enum Stage
    {
        Quieting,
        Queued,
        BeingRead,
        ChangedWhileBeingRead,
    }

    public void Add(IEnumerable<Guid> linkIds)
    {
        lock (gate)
        {
            foreach (var linkId in linkIds) Add(linkId);
        }
    }

    /// <summary>Calendars to read; each must be <see cref="Done"/> afterwards.</summary>
    public async IAsyncEnumerable<Guid> Next([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        while (await queue.Reader.WaitToReadAsync(ct))
        {
            while (queue.Reader.TryRead(out var linkId))
            {
                lock (gate) waiting[linkId].Stage = Stage.BeingRead;
                yield return linkId;
            }
        }
    }

    /// <param name="again">It could not be read just now: it is read again after this time.</param>
    public void Done(Guid linkId, TimeSpan? again = null)
    {
        lock (gate)
        {
            if (!waiting.Remove(linkId, out var done)) return;
            done.Timer?.Dispose();
            if (again is { } pause) Begin(linkId, pause);
            else if (done.Stage is Stage.ChangedWhileBeingRead) Begin(linkId, options.QuietTime);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var each in waiting.Values) each.Timer?.Dispose();
        }
    }

    private void Add(Guid linkId)
    {
        if (!waiting.TryGetValue(linkId, out var before)) Begin(linkId, options.QuietTime);
        else if (before.Stage is Stage.BeingRead) before.Stage = Stage.ChangedWhileBeingRead;
        else if (before.Stage is Stage.Quieting
            && options.LongestQuiet - time.GetElapsedTime(before.Since) is var left
            && left > TimeSpan.Zero)
            before.Timer!.Change(left < options.QuietTime ? left : options.QuietTime, Timeout.InfiniteTimeSpan);
    }

    private void Begin(Guid linkId, TimeSpan pause)
    {
        var now = new Waiting(time.GetTimestamp());
        waiting[linkId] = now;
        now.Timer = time.CreateTimer(_ => Quiet(linkId, now), null, pause, Timeout.InfiniteTimeSpan);
    }

    private void Quiet(Guid linkId, Waiting which)
    {
        lock (gate)
        {
            if (which.Stage is not Stage.Quieting || !waiting.TryGetValue(linkId, out var current) || current != which) return;
            which.Stage = Stage.Queued;
            queue.Writer.TryWrite(linkId);
        }
    }

    private sealed class Waiting(long since)
    {
        public long Since { get; } = since;

        public Stage Stage { get; set; } = Stage.Quieting;

        public ITimer? Timer { get; set; }
    }
}
