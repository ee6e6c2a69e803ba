using System.Net;

namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>
/// A request's body, whole in memory, so that it goes with a Content-Length and can be repeated on each leg of a handshake. It knows
/// whether it was asked for, which is when a connection stands and the head has been written to it.
/// </summary>
internal sealed class EwsRequestBody(byte[] body) : ByteArrayContent(body)
{
    private volatile bool wasBegun;

    public bool WasBegun => wasBegun;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        wasBegun = true;
        return base.SerializeToStreamAsync(stream, context);
    }
}
