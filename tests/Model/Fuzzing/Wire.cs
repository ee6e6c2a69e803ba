using System.IO.Compression;
using System.Net;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;

namespace CleanSync.Model.Fuzzing;

/// <summary>The client on one side and an input on the other: no network, no waiting, everything on the caller's thread.</summary>
internal sealed class Wire : HttpMessageHandler
{
    private static readonly EwsEndpoint Endpoint =
        new(
            new Uri("https://mail.contoso.example/EWS/Exchange.asmx"),
            EwsAuthentication.Basic,
            new EwsCredential("CONTOSO\\svc", "Geheim-1"));

    private readonly EwsClient client;
    private Input input = null!;
    private Body body = new(Stream.Null, false);

    public Wire() => client = new EwsClient(Endpoint, TimeProvider.System, this);

    /// <summary>How many bytes of the last body the client took, after decompression.</summary>
    public long Taken => body.Taken;

    /// <summary>How often it came for some.</summary>
    public long Reads => body.Reads;

    /// <summary>What reading the last input allocated.</summary>
    public long Allocated { get; private set; }

    public Reading Read(Input next)
    {
        input = next;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var asked = next.Question.Send(client);
            if (!asked.IsCompleted) throw new InvalidOperationException("The client waits although the whole answer is there.");
            return new Reading(asked.GetAwaiter().GetResult(), null);
        }
        catch (Exception failure)
        {
            return new Reading([], failure);
        }
        finally
        {
            Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Stream bytes = new MemoryStream(input.Body, writable: false);
        // As HttpClient's own handler unpacks it.
        if (input.IsCompressed) bytes = new GZipStream(bytes, CompressionMode.Decompress);
        body = new Body(bytes, input.IsEndless);
        var response = new HttpResponseMessage((HttpStatusCode)input.Status) { Content = new StreamContent(body) };
        foreach (var (name, value) in input.Headers) response.Headers.TryAddWithoutValidation(name, value);
        return Task.FromResult(response);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) body.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Counts what is taken from it.</summary>
    private sealed class Body(Stream source, bool isEndless) : MemoryStream
    {
        public long Taken { get; private set; }

        public long Reads { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reads++;
            var read = source.Read(buffer.Span);
            if (read == 0 && isEndless)
            {
                buffer.Span.Fill((byte)'x');
                read = buffer.Length;
            }
            Taken += read;
            return ValueTask.FromResult(read);
        }

        protected override void Dispose(bool disposing)
        {
            source.Dispose();
            base.Dispose(disposing);
        }
    }
}
