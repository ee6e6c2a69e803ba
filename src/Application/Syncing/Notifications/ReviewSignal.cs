using System.Threading.Channels;

namespace CleanSync.Application.Syncing.Notifications;

/// <summary>Asks for a review of who is listened to; asking twice before it begins is asking once.</summary>
internal sealed class ReviewSignal(TimeProvider time)
{
    private readonly Channel<bool> asked =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ask() => asked.Writer.TryWrite(true);

    /// <summary>Until somebody asks, or for so long.</summary>
    public async Task Wait(TimeSpan longest, CancellationToken ct)
    {
        using var beat = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, beat.Token);
        try
        {
            await asked.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // the beat, which is as good a reason
        }
    }
}
