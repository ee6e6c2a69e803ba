namespace CleanSync.Application.Syncing.Locks;

/// <summary>
/// So many at a time, in the order of arrival; who waits can give up. Not SemaphoreSlim: whoever waits there with a token goes on in the
/// thread pool, and on virtual time everything has its order.
/// </summary>
internal sealed class FifoSemaphore(int width)
{
    private readonly LinkedList<TaskCompletionSource> waiting = new();
    private readonly Lock gate = new();
    private int free = width;

    public async Task Wait(CancellationToken ct)
    {
        TaskCompletionSource place;
        lock (gate)
        {
            ct.ThrowIfCancellationRequested();
            if (free > 0)
            {
                free--;
                return;
            }

            place = waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Value;
        }

        await using (ct.Register(() => GiveUp(place, ct))) await place.Task;
    }

    public void Release()
    {
        lock (gate)
        {
            if (waiting.First is not { } next)
            {
                free++;
                return;
            }

            waiting.RemoveFirst();
            next.Value.SetResult();
        }
    }

    /// <summary>Who was given the place just now keeps it.</summary>
    private void GiveUp(TaskCompletionSource place, CancellationToken ct)
    {
        lock (gate)
        {
            if (waiting.Remove(place)) place.SetCanceled(ct);
        }
    }
}
