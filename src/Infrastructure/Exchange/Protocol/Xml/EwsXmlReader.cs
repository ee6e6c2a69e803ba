using System.Text;
using System.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>
/// Walks a response forward, element by element, by local name and namespace: prefixes, positions and unknown elements do not matter.
/// Hostile input ends in an <see cref="EwsMalformedResponseException"/>: no DTD, no resolver, bounded size, depth, tags, texts and ids.
/// </summary>
internal sealed class EwsXmlReader : IDisposable
{
    /// <summary>A page of the longest items is a few megabytes; a hostile one costs the reader some forty times its size.</summary>
    public const int MaxCharacters = 16 * 1024 * 1024;
    public const int MaxDepth = 64;

    /// <summary>In characters; Exchange's ids have some hundred.</summary>
    public const int LongestId = 4 * 1024;

    private const int LongestNameInAMessage = 64;

    private readonly XmlReader xml;
    private readonly Namespaces namespaces = new();
    private int depth;

    public EwsXmlReader(Stream body)
    {
        var settings = new XmlReaderSettings
        {
            // Exchange emits references such as &#x1A; that XML 1.0 forbids (OfficeDev/ews-managed-api#136).
            CheckCharacters = false,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            NameTable = namespaces.Table,
            CloseInput = false,
        };
        try
        {
            // The first characters are decoded here already.
            xml = XmlReader.Create(new LimitedMarkup(body), settings);
        }
        catch (XmlException e)
        {
            throw NotWellFormed(e);
        }
    }

    /// <summary>The local name of the current element.</summary>
    public string LocalName => xml.LocalName;

    /// <summary>The local name of the current element if it is EWS's own, in whichever of its namespaces; else the empty string.</summary>
    /// <remarks>Which of the two a child belongs to differs between schema and wire in places (docs/exchange.md,
    /// "Notifications").</remarks>
    public string Name => namespaces.IsEws(xml.NamespaceURI) ? xml.LocalName : string.Empty;

    public string Namespace => xml.NamespaceURI;

    public bool Is(string name) => Name == name;

    public bool IsSoap(string name) => namespaces.IsSoap(xml.NamespaceURI) && xml.LocalName == name;

    public string? Attribute(string name) => xml.GetAttribute(name);

    /// <summary>An id in an attribute that the schema requires.</summary>
    /// <remarks>It is stored, and sent back one day: an empty one, one with characters that XML cannot carry, or one of great length names
    /// nothing.</remarks>
    public string RequiredId(string name) => Id(name) is { Length: > 0 } value && ReferenceEquals(XmlText.Legal(value), value)
        ? value
        : throw Malformed($"{NameInAMessage} lacks its attribute {name}");

    /// <summary>An id in an attribute that may be missing.</summary>
    public string? Id(string name) => xml.GetAttribute(name) is { } value ? Bounded(value) : null;

    /// <summary>The current element's text, which is an id.</summary>
    public string TextOfId() => Bounded(Text());

    /// <summary>The child elements of the current element. What the loop does not read is skipped.</summary>
    public ChildElements Children() => new(this, depth, xml.IsEmptyElement);

    /// <summary>Steps into the root element.</summary>
    public void MoveToRoot()
    {
        while (Advance())
        {
            if (xml.NodeType == XmlNodeType.Element)
                return;
            // Another declared encoding would be believed, and what does not fit it be read as question marks.
            if (xml.NodeType == XmlNodeType.XmlDeclaration
                && xml.GetAttribute("encoding") is { } encoding
                && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                throw Malformed("another encoding than UTF-8");
        }
        throw Malformed("no root element");
    }

    /// <summary>Reads what is left, so that an answer that breaks off after the last wanted element is not taken for whole.</summary>
    public void MoveToEnd()
    {
        while (Advance())
        {
        }
    }

    /// <summary>
    /// The text of the current element, without the characters that XML cannot carry; the reader ends on its end tag.
    /// An element in it is malformed: what it says would be taken for what its parent says.
    /// </summary>
    public string Text()
    {
        if (xml.IsEmptyElement)
            return string.Empty;
        var element = depth;
        var text = string.Empty;
        StringBuilder? pieces = null;
        while (Advance() && depth > element)
        {
            if (xml.NodeType == XmlNodeType.Element)
                throw Malformed("an element in a text");
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace))
                continue;
            var piece = Value();
            if (piece.Length + (pieces?.Length ?? text.Length) > LimitedMarkup.LongestText)
                throw Malformed($"a text of more than {LimitedMarkup.LongestText} characters");
            if (text.Length == 0)
                text = piece;
            else
                (pieces ??= new StringBuilder(text)).Append(piece);
        }
        return XmlText.Legal(pieces?.ToString() ?? text);
    }

    /// <summary>Null for any other word than the schema's.</summary>
    public bool? Boolean() => Text() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    /// <summary>An exception that says where, and nothing of what.</summary>
    public EwsMalformedResponseException Malformed(string reason) =>
        new(xml is IXmlLineInfo { LineNumber: > 0 } at ? $"{reason}, line {at.LineNumber}, position {at.LinePosition}" : reason);

    public void Dispose() => xml.Dispose();

    /// <summary>The local name, cut: a hostile one may be as long as the answer.</summary>
    private string NameInAMessage => xml.LocalName.Length <= LongestNameInAMessage ? xml.LocalName : xml.LocalName[..LongestNameInAMessage];

    private string Bounded(string id) =>
        id.Length <= LongestId ? id : throw Malformed($"{NameInAMessage} has an id of more than {LongestId} characters");

    private bool Advance()
    {
        try
        {
            if (!xml.Read())
                return false;
        }
        catch (XmlException e)
        {
            throw NotWellFormed(e);
        }
        depth = xml.Depth;
        return depth <= MaxDepth ? true : throw Malformed($"nested deeper than {MaxDepth}");
    }

    /// <summary>A long text is read only now.</summary>
    private string Value()
    {
        try
        {
            return xml.Value;
        }
        catch (XmlException e)
        {
            throw NotWellFormed(e);
        }
    }

    // The parser's own message can quote the content: only the position goes on.
    private static EwsMalformedResponseException NotWellFormed(XmlException e) =>
        new($"not well-formed XML, line {e.LineNumber}, position {e.LinePosition}");

    /// <summary>A forward walk over the children of one element; each step lands on a start tag.</summary>
    internal readonly struct ChildElements(EwsXmlReader reader, int parentDepth, bool empty)
    {
        public bool Next()
        {
            if (empty)
                return false;
            while (reader.Advance())
            {
                if (reader.depth == parentDepth)
                    return false;
                if (reader.depth == parentDepth + 1 && reader.xml.NodeType == XmlNodeType.Element)
                    return true;
            }
            return false;
        }
    }

    /// <summary>One name table per document, seeded so that namespaces compare by reference.</summary>
    private sealed class Namespaces
    {
        private readonly string soap, messages, types, errors;

        public Namespaces()
        {
            soap = Table.Add(Ews.Soap);
            messages = Table.Add(Ews.Messages);
            types = Table.Add(Ews.Types);
            errors = Table.Add(Ews.Errors);
        }

        public NameTable Table { get; } = new();

        public bool IsSoap(string ns) => ReferenceEquals(ns, soap);

        public bool IsEws(string ns) => ReferenceEquals(ns, types) || ReferenceEquals(ns, messages) || ReferenceEquals(ns, errors);
    }
}
