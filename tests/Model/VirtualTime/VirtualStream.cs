using CleanSync.ExchangeSimulator.Notifications;

namespace CleanSync.Model.VirtualTime;

/// <summary>
/// The body of an answer that stays open: its chunks arrive on the virtual thread, and are handed over as the network would.
/// </summary>
internal sealed class VirtualStream : Stream
{
    private readonly VirtualExchange exchange;
    private readonly StreamingConnection connection;
    private readonly Queue<ReadOnlyMemory<byte>> arrived = [];
    private readonly CancellationTokenSource gone = new();
    private TaskCompletionSource? waiting;
    private bool ended;

    public VirtualStream(VirtualExchange exchange, StreamingConnection connection)
    {
        (this.exchange, this.connection) = (exchange, connection);
        exchange.OpenStreams++;
        _ = Arrive();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (arrived.Count == 0 && !ended)
        {
            var something = waiting = new TaskCompletionSource();
            await using var giveUp = cancellationToken.Register(
                () => VirtualThread.Outside(() => something.TrySetCanceled(cancellationToken)));
            await something.Task.ConfigureAwait(false);
        }

        if (arrived.Count == 0) return connection.IsAborted ? throw new IOException("The connection was reset.") : 0;
        var chunk = arrived.Dequeue();
        chunk.CopyTo(buffer);
        return chunk.Length <= buffer.Length ? chunk.Length : throw new InvalidOperationException("A chunk is larger than the buffer.");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !gone.IsCancellationRequested)
        {
            gone.Cancel();
            connection.Dispose();
            exchange.OpenStreams--;
        }

        base.Dispose(disposing);
    }

    private async Task Arrive()
    {
        try
        {
            await foreach (var chunk in connection.Chunks(gone.Token))
            {
                for (var at = 0; at < chunk.Length; at += 4096) arrived.Enqueue(chunk.Slice(at, Math.Min(4096, chunk.Length - at)));
                Wake();
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return;
        }

        ended = true;
        Wake();
    }

    private void Wake() => VirtualThread.Outside(() => waiting?.TrySetResult());
}
