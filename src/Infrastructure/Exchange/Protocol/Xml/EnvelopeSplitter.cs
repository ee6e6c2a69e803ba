using System.Buffers;

namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>
/// Cuts a streamed body into its documents. The body is a row of complete envelopes, each perhaps with an XML declaration, perhaps with
/// white space between them, in chunks that respect neither envelopes nor characters. An envelope ends with its root's end tag, whatever
/// its prefix. All markup is ASCII, so no byte of a longer UTF-8 character can be mistaken for it.
/// </summary>
internal sealed class EnvelopeSplitter(int maxBytes = EnvelopeSplitter.MaxBytes)
{
    /// <summary>200 subscriptions with 50 events each are some 6 MB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int KeptBytes = 64 * 1024;

    private static readonly SearchValues<byte> Blank =
        SearchValues.Create([(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF]);

    private ArrayBufferWriter<byte> envelope = new();
    private MarkupScan scan;
    private int depth;

    /// <summary>A document has begun and not ended.</summary>
    public bool IsInside => envelope.WrittenCount > 0;

    /// <summary>Takes the next bytes, and gives the envelopes that end in them.</summary>
    /// <exception cref="EwsMalformedResponseException">No row of envelopes, or one that is too large.</exception>
    public IReadOnlyList<byte[]> Cut(ReadOnlySpan<byte> bytes)
    {
        List<byte[]>? whole = null;
        var from = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (depth > 0 || scan.Place != MarkupPlace.Content)
            {
                // Most of an envelope is text between tags, and ids within them.
                var still = scan.Still(bytes[i..]);
                scan.Pass(bytes[i..(i + still)]);
                i += still;
                if (i == bytes.Length)
                    break;
            }
            if (scan.Place == MarkupPlace.Content && depth == 0 && !IsInside && from == i && Blank.Contains(bytes[i]))
            {
                from = i + 1;
                continue;
            }
            if (!Take(bytes[i]))
                continue;
            Keep(bytes[from..(i + 1)]);
            (whole ??= []).Add(Finished());
            from = i + 1;
        }
        Keep(bytes[from..]);
        return whole ?? (IReadOnlyList<byte[]>)[];
    }

    /// <summary>Whether the envelope ends with this byte.</summary>
    private bool Take(byte next)
    {
        var before = scan.Place;
        scan.Take(next);
        switch (before, scan.Place)
        {
            case (MarkupPlace.Content, MarkupPlace.Content):
                return depth > 0 || Blank.Contains(next)
                    ? false
                    : throw new EwsMalformedResponseException("text between the streamed envelopes");
            case (MarkupPlace.StartTag, MarkupPlace.Content):
                depth += scan.ClosedItself ? 0 : 1;
                return depth == 0;
            case (MarkupPlace.EndTag, MarkupPlace.Content):
                return --depth >= 0 ? depth == 0 : throw new EwsMalformedResponseException("an end tag between the streamed envelopes");
            case (_, MarkupPlace.Declaration):
                throw new EwsMalformedResponseException("a DTD between the streamed envelopes");
            default:
                return false;
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (envelope.WrittenCount + bytes.Length > maxBytes)
            throw new EwsMalformedResponseException($"a streamed envelope is larger than {maxBytes} bytes");
        envelope.Write(bytes);
    }

    private byte[] Finished()
    {
        var bytes = envelope.WrittenSpan.ToArray();
        ControlBytes.Blank(bytes);
        if (envelope.Capacity > KeptBytes)
            envelope = new();
        else
            envelope.ResetWrittenCount();
        (scan, depth) = (default, 0);
        return bytes;
    }
}
