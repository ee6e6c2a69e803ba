using System.Threading.Channels;
using CleanSync.Application.Syncing.Pushes;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>
/// Links that were announced, each once: one that waits already is not queued again, one that rings during its push is queued when that
/// push ends.
/// </summary>
internal sealed class PushSignal : IPushSignal
{
    private readonly Channel<Guid> queue = Channel.CreateUnbounded<Guid>();
    private readonly Dictionary<Guid, Stage> stages = [];
    private readonly Lock gate = new();

    private enum Stage
    {
        Waiting,
        Pushing,
        AnnouncedWhilePushing,
    }

    public void Announce(IEnumerable<Guid> linkIds)
    {
        foreach (var linkId in linkIds)
        {
            lock (gate)
            {
                if (!stages.TryGetValue(linkId, out var stage)) Enqueue(linkId);
                else if (stage is Stage.Pushing) stages[linkId] = Stage.AnnouncedWhilePushing;
            }
        }
    }

    /// <summary>Links to push, as they are announced; each must be <see cref="Done"/> afterwards.</summary>
    public async IAsyncEnumerable<Guid> Next([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        while (await queue.Reader.WaitToReadAsync(ct))
        {
            while (queue.Reader.TryRead(out var linkId))
            {
                lock (gate) stages[linkId] = Stage.Pushing;
                yield return linkId;
            }
        }
    }

    public void Done(Guid linkId)
    {
        lock (gate)
        {
            if (stages.Remove(linkId, out var stage) && stage is Stage.AnnouncedWhilePushing) Enqueue(linkId);
        }
    }

    private void Enqueue(Guid linkId)
    {
        stages[linkId] = Stage.Waiting;
        queue.Writer.TryWrite(linkId);
    }
}
