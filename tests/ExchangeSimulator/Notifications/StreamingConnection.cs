using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace CleanSync.ExchangeSimulator.Notifications;

/// <summary>
/// An open answer to GetStreamingEvents. Whoever carries it to the client reads its chunks, and disposes of it when the client is gone.
/// </summary>
public sealed class StreamingConnection : IDisposable
{
    private readonly Channel<ReadOnlyMemory<byte>> _chunks = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly NotificationHub _hub;
    private readonly List<ITimer> _timers = [];
    private int _isOver;

    internal StreamingConnection(
        NotificationHub hub,
        string chargedTo,
        ExchangeVersion server,
        IReadOnlyList<Subscription> subscriptions) =>
        (_hub, ChargedTo, Server, Subscriptions) = (hub, chargedTo, server, subscriptions);

    /// <summary>The connection breaks where its chunks end.</summary>
    public bool IsAborted { get; private set; }

    internal string ChargedTo { get; }
    internal ExchangeVersion Server { get; }
    internal IReadOnlyList<Subscription> Subscriptions { get; }

    /// <summary>The network has died: what is sent from now on never arrives, and neither side notices.</summary>
    internal bool IsMute { get; set; }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _chunks.Reader.WaitToReadAsync(cancellationToken))
            while (_chunks.Reader.TryRead(out var chunk)) yield return chunk;
    }

    public void Dispose()
    {
        End();
        _hub.Forget(this);
    }

    internal void Every(TimeProvider time, TimeSpan span, Action act) => _timers.Add(time.CreateTimer(_ => act(), null, span, span));

    internal void Send(ReadOnlyMemory<byte> envelope)
    {
        if (IsMute) return;
        foreach (var chunk in _hub.Cut(this, envelope)) _chunks.Writer.TryWrite(chunk);
    }

    internal void Abort()
    {
        IsAborted = true;
        _chunks.Writer.TryWrite("<s:Envelope xmlns:s=\"http://schemas.xmlsoap"u8.ToArray());
        End();
    }

    internal void End()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 1) return;
        _chunks.Writer.TryComplete();
        foreach (var timer in _timers) timer.Dispose();
    }
}
