using System.Buffers;

namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>Raw control bytes, which an XML reader refuses even where it lets their references pass.</summary>
internal static class ControlBytes
{
    // In UTF-8, the only encoding that Exchange answers in, no part of a longer character lies in this range.
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    public static void Blank(Span<byte> bytes)
    {
        for (var at = bytes.IndexOfAny(Controls); at >= 0; at = bytes.IndexOfAny(Controls))
        {
            bytes[at] = (byte)' ';
            bytes = bytes[(at + 1)..];
        }
    }
}
