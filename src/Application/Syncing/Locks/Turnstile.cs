namespace CleanSync.Application.Syncing.Locks;

/// <summary>So many at a time, in the order of arrival. Who waits can give up.</summary>
internal sealed class Turnstile(int width)
{
    private readonly LinkedList<TaskCompletionSource> waiting = new();
    private readonly Lock gate = new();
    private int free = width;

    public async Task Enter(CancellationToken ct)
    {
        TaskCompletionSource turn;
        lock (gate)
        {
            ct.ThrowIfCancellationRequested();
            if (free > 0)
            {
                free--;
                return;
            }

            turn = waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Value;
        }

        await using (ct.Register(() => GiveUp(turn, ct))) await turn.Task;
    }

    public void Leave()
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

    /// <summary>Who was given the turn just now keeps it.</summary>
    private void GiveUp(TaskCompletionSource turn, CancellationToken ct)
    {
        lock (gate)
        {
            if (waiting.Remove(turn)) turn.SetCanceled(ct);
        }
    }
}
