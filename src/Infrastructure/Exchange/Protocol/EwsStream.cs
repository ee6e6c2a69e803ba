using System.Runtime.CompilerServices;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Protocol.Operations;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// An open stream of notifications. It ends with the server's Closed, and fails with an <see cref="EwsTransportException"/> when the
/// connection breaks, ends without Closed, or is silent for too long: a dead network leaves a read hanging for ever. Disposing of it closes
/// the connection.
/// </summary>
internal sealed class EwsStream(
    HttpResponseMessage response,
    Stream body,
    GetStreamingEvents operation,
    TimeProvider time,
    TimeSpan silence,
    string requestId) : IDisposable
{
    private readonly EnvelopeSplitter cutter = new();

    public async IAsyncEnumerable<StreamedMessage> ReadAll([EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = new byte[8 * 1024];
        while (true)
        {
            var envelopes = await Receive(buffer, ct).ConfigureAwait(false);
            foreach (var envelope in envelopes)
            {
                var message = Read(envelope);
                yield return message;
                if (message.Status is StreamStatus.Closed)
                    yield break;
            }
        }
    }

    public void Dispose() => response.Dispose();

    private async Task<IReadOnlyList<byte[]>> Receive(byte[] buffer, CancellationToken ct)
    {
        using var watchdog = new CancellationTokenSource(silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, watchdog.Token);
        try
        {
            var read = await body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
            return read > 0
                ? cutter.Cut(buffer.AsSpan(0, read))
                : throw new EwsTransportException(TransportFailure.Interrupted, false, null);
        }
        catch (EwsException e)
        {
            e.During(operation.Name, requestId);
            throw;
        }
        catch (Exception e)
        {
            ct.ThrowIfCancellationRequested();
            var failure = TransportFault.From(e, answered: response.StatusCode, request: null);
            failure.During(operation.Name, requestId);
            throw failure;
        }
    }

    private StreamedMessage Read(byte[] envelope)
    {
        try
        {
            using var xml = new EwsXmlReader(new MemoryStream(envelope, writable: false));
            return SoapEnvelope.Read(xml, operation, out _);
        }
        catch (EwsException e)
        {
            e.During(operation.Name, requestId);
            throw;
        }
    }
}
