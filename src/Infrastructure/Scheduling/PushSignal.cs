using System.Threading.Channels;
using CleanSync.Application.Syncing.Pushes;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Links that rang, each once: one that waits already is not queued again, one that rings during its push is queued when that push ends.</summary>
internal sealed class PushSignal : IPushSignal
{
    private readonly Channel<Guid> queue = Channel.CreateUnbounded<Guid>();
    private readonly Dictionary<Guid, Turn> turns = [];
    private readonly Lock gate = new();

    private enum Turn
    {
        Waiting,
        Pushing,
        RangWhilePushing,
    }

    public void Ring(IEnumerable<Guid> linkIds)
    {
        foreach (var linkId in linkIds)
        {
            lock (gate)
            {
                if (!turns.TryGetValue(linkId, out var turn)) Enqueue(linkId);
                else if (turn is Turn.Pushing) turns[linkId] = Turn.RangWhilePushing;
            }
        }
    }

    /// <summary>Links to push, as they ring; each must be <see cref="Done"/> afterwards.</summary>
    public async IAsyncEnumerable<Guid> Rung([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        while (await queue.Reader.WaitToReadAsync(ct))
        {
            while (queue.Reader.TryRead(out var linkId))
            {
                lock (gate) turns[linkId] = Turn.Pushing;
                yield return linkId;
            }
        }
    }

    public void Done(Guid linkId)
    {
        lock (gate)
        {
            if (turns.Remove(linkId, out var turn) && turn is Turn.RangWhilePushing) Enqueue(linkId);
        }
    }

    private void Enqueue(Guid linkId)
    {
        turns[linkId] = Turn.Waiting;
        queue.Writer.TryWrite(linkId);
    }
}
