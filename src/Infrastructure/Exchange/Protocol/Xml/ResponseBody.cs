using System.Buffers;

namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>
/// A response body, received whole into pooled memory and then read without waiting. A page is a few hundred kilobytes, so this costs less
/// than an asynchronous parser, frees the connection at once, and tells a broken connection from broken XML.
/// Raw control bytes, which a reader refuses even where it lets their references pass, are blanked.
/// </summary>
internal sealed class ResponseBody : Stream
{
    public const int MaxBytes = EwsXmlReader.MaxCharacters;

    private const int ChunkBytes = 64 * 1024;

    private readonly List<byte[]> chunks = [];
    private long length;
    private long position;

    /// <summary>Receives at most <paramref name="limit"/> bytes; a longer body throws, or is cut if <paramref name="cut"/>.</summary>
    public static async Task<ResponseBody> Receive(HttpContent content, int limit, bool cut, CancellationToken ct)
    {
        var body = new ResponseBody();
        try
        {
            await using var source = await content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            while (true)
            {
                var used = (int)(body.length % ChunkBytes);
                if (used == 0)
                    body.chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkBytes));
                var read = await source.ReadAsync(body.chunks[^1].AsMemory(used, ChunkBytes - used), ct).ConfigureAwait(false);
                if (read == 0)
                    return body;
                body.length += read;
                if (body.length <= limit)
                    continue;
                if (!cut)
                    throw new EwsMalformedResponseException($"larger than {limit} bytes");
                body.length = limit;
                return body;
            }
        }
        catch
        {
            await body.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>The start again, for a second look at a body that proved to be no XML.</summary>
    public void Rewind() => position = 0;

    public override int Read(Span<byte> buffer)
    {
        if (position == length)
            return 0;
        var offset = (int)(position % ChunkBytes);
        var count = (int)Math.Min(Math.Min(buffer.Length, ChunkBytes - offset), length - position);
        chunks[(int)(position / ChunkBytes)].AsSpan(offset, count).CopyTo(buffer);
        position += count;
        ControlBytes.Blank(buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        foreach (var chunk in chunks)
            ArrayPool<byte>.Shared.Return(chunk, clearArray: true);
        chunks.Clear();
        length = position = 0;
        base.Dispose(disposing);
    }
}
