namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>Where in the markup of a document a byte stands.</summary>
internal enum MarkupPlace { Content, Opening, StartTag, Quoted, EndTag, Instruction, Bang, Comment, CharacterData, Declaration }

/// <summary>
/// Follows a document byte by byte, just far enough to tell tags from what lies between them. It judges nothing: that is the XML reader's.
/// All markup is ASCII, so no byte of a longer UTF-8 character can be mistaken for it.
/// </summary>
internal struct MarkupScan
{
    private byte quote, last, lastButOne;
    private int bang;

    public MarkupPlace Place { get; private set; }

    /// <summary>The start tag that has just ended is an end tag as well.</summary>
    public bool ClosedItself { get; private set; }

    /// <summary>How many of the next bytes leave it where it is; most of a document is text.</summary>
    public readonly int Still(ReadOnlySpan<byte> next)
    {
        var still = Place switch
        {
            MarkupPlace.Content => next.IndexOf((byte)'<'),
            MarkupPlace.Quoted => next.IndexOf(quote),
            MarkupPlace.StartTag => next.IndexOfAny((byte)'>', (byte)'"', (byte)'\''),
            MarkupPlace.CharacterData => next.IndexOf((byte)'>'),
            _ => 0,
        };
        return still < 0 ? next.Length : still;
    }

    /// <summary>Takes bytes that leave it where it is.</summary>
    public void Pass(ReadOnlySpan<byte> still)
    {
        if (still.Length > 1)
            (last, lastButOne) = (still[^1], still[^2]);
        else if (still.Length == 1)
            (last, lastButOne) = (still[0], last);
    }

    public void Take(byte next)
    {
        var (before, beforeThat) = (last, lastButOne);
        (last, lastButOne) = (next, last);
        switch (Place)
        {
            case MarkupPlace.Content when next == '<':
                Place = MarkupPlace.Opening;
                break;
            case MarkupPlace.Opening:
                bang = 0;
                Place = next switch
                {
                    (byte)'/' => MarkupPlace.EndTag,
                    (byte)'?' => MarkupPlace.Instruction,
                    (byte)'!' => MarkupPlace.Bang,
                    _ => MarkupPlace.StartTag,
                };
                break;
            case MarkupPlace.StartTag when next is (byte)'"' or (byte)'\'':
                (Place, quote) = (MarkupPlace.Quoted, next);
                break;
            case MarkupPlace.StartTag when next == '>':
                (Place, ClosedItself) = (MarkupPlace.Content, before == '/');
                break;
            case MarkupPlace.Quoted when next == quote:
                Place = MarkupPlace.StartTag;
                break;
            case MarkupPlace.Bang:
                Place = AfterBang(next);
                break;
            case MarkupPlace.EndTag or MarkupPlace.Declaration when next == '>':
            case MarkupPlace.Instruction when next == '>' && before == '?':
            case MarkupPlace.Comment when next == '>' && before == '-' && beforeThat == '-':
            case MarkupPlace.CharacterData when next == '>' && before == ']' && beforeThat == ']':
                Place = MarkupPlace.Content;
                break;
        }
    }

    private MarkupPlace AfterBang(byte next)
    {
        if (bang == 1 && next == '-' && lastButOne == '-')
            return MarkupPlace.Comment;
        if (bang == 6 && next == '[')
            return MarkupPlace.CharacterData;
        var fits = next == "[CDATA["u8[bang] || (bang == 0 && next == '-');
        bang++;
        return fits ? MarkupPlace.Bang : MarkupPlace.Declaration;
    }
}
