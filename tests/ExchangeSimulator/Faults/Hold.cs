namespace CleanSync.ExchangeSimulator.Faults;

/// <summary>An answer that is kept back after its effect until the test lets it go.</summary>
public sealed class Hold
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a request has had its effect and waits.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Completes when the answer may go out.</summary>
    public Task Released => _released.Task;

    public void Release() => _released.TrySetResult();

    internal void Reach() => _reached.TrySetResult();
}
