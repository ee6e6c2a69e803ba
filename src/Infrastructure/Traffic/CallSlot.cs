namespace CleanSync.Infrastructure.Traffic;

/// <summary>The right to make one call, until disposed. Unless it says otherwise, the call was not answered.</summary>
internal sealed class CallSlot : IDisposable
{
    private readonly CallGate gate;
    private readonly CancellationTokenSource cut = new();
    private readonly ITimer late;
    private bool answered;
    private bool inTime;

    public CallSlot(
        CallGate gate,
        string mailbox,
        bool mayBeCut,
        TimeProvider time,
        TimeSpan slowAfter)
    {
        (this.gate, Mailbox, MayBeCut, Began) = (gate, mailbox, mayBeCut, time.GetTimestamp());
        late = time.CreateTimer(_ => gate.IsLate(this), null, slowAfter, Timeout.InfiniteTimeSpan);
    }

    public string Mailbox { get; }

    public bool MayBeCut { get; }

    public long Began { get; }

    /// <summary>It lasts longer than usual, or its mailbox did not answer the last time.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Other calls need the place.</summary>
    public bool IsCut { get; set; }

    public CancellationToken CutOff => cut.Token;

    /// <summary>An answer came, of whatever kind.</summary>
    public void Answered() => answered = true;

    /// <summary>No answer, but that was told in good time: nothing was held up.</summary>
    public void FailedInTime() => inTime = true;

    /// <summary>From now on an answer is waited for: one that does not come holds others up.</summary>
    public void Sent() => inTime = false;

    public void Cut()
    {
        try
        {
            cut.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // the call has just ended
        }
    }

    public void Dispose()
    {
        late.Dispose();
        gate.Leave(this, answered, inTime);
        cut.Dispose();
    }
}
