namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>
/// A body on its way into the XML reader, with the two bounds that the reader lacks: of one start tag and of one text. A million attributes
/// on one element are 7 MB of body and cost the reader half a minute of CPU, because it must know of each whether it was there before.
/// <para>
/// No tag holds another <c>&lt;</c> (the XML reader refuses it at once), so nothing between two of them that are near can be too long: only
/// what goes on beyond the piece in which it began is followed byte by byte. That costs next to nothing.
/// </para>
/// </summary>
internal sealed class LimitedMarkup(Stream body) : Stream
{
    /// <summary>An element of EWS has five attributes at the most, the longest an id.</summary>
    public const int LongestStartTag = 64 * 1024;

    /// <summary>The longest text of Exchange is a sync state of some kilobytes; a subject has 255 characters.</summary>
    public const int LongestText = 1024 * 1024;

    private MarkupScan scan;
    private bool goesOn;
    private int tag, text;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = body.Read(buffer);
        Look(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Look(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length > LongestStartTag; bytes = bytes[LongestStartTag..])
            LookAtPiece(bytes[..LongestStartTag]);
        LookAtPiece(bytes);
    }

    private void LookAtPiece(ReadOnlySpan<byte> piece)
    {
        if (goesOn)
        {
            var next = piece.IndexOf((byte)'<');
            Follow(next < 0 ? piece : piece[..next]);
            if (next < 0)
                return;
        }
        var last = piece.LastIndexOf((byte)'<');
        if (last < 0)
            return;
        (scan, tag, text, goesOn) = (default, 0, 0, true);
        Follow(piece[last..]);
    }

    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var still = scan.Still(bytes);
            scan.Pass(bytes[..still]);
            Count(still);
            bytes = bytes[still..];
            if (bytes.Length == 0)
                return;
            scan.Take(bytes[0]);
            Count(1);
            if (scan.Place == MarkupPlace.Content)
                text = 0; // a tag has ended
            bytes = bytes[1..];
        }
    }

    private void Count(int bytes)
    {
        if (scan.Place is MarkupPlace.StartTag or MarkupPlace.Quoted)
            tag += bytes;
        else if (scan.Place is MarkupPlace.Content or MarkupPlace.CharacterData)
            text += bytes;
        if (tag > LongestStartTag)
            throw new EwsMalformedResponseException($"a start tag of more than {LongestStartTag} bytes");
        if (text > LongestText)
            throw new EwsMalformedResponseException($"a text of more than {LongestText} bytes");
    }
}
