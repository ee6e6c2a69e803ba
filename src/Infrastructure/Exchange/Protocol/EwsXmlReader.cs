using System.Text;
using System.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// Walks a response forward, element by element, by local name and namespace: prefixes, positions and unknown elements do not matter.
/// Hostile input ends in an <see cref="EwsMalformedResponseException"/>: no DTD, no resolver, bounded size and depth.
/// </summary>
internal sealed class EwsXmlReader : IDisposable
{
    public const int MaxCharacters = 64 * 1024 * 1024;
    public const int MaxDepth = 64;

    private readonly XmlReader xml;
    private readonly Namespaces namespaces = new();
    private int depth;

    public EwsXmlReader(Stream body)
    {
        xml = XmlReader.Create(body, new XmlReaderSettings
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
        });
    }

    /// <summary>The local name of the current element.</summary>
    public string LocalName => xml.LocalName;

    /// <summary>The local name of the current element if it is EWS's own, in whichever of its namespaces; else the empty string.</summary>
    /// <remarks>Which of the two a child belongs to differs between schema and wire in places (docs/exchange.md, "Notifications").</remarks>
    public string Name => namespaces.IsEws(xml.NamespaceURI) ? xml.LocalName : string.Empty;

    public bool Is(string name) => Name == name;

    public bool IsSoap(string name) => namespaces.IsSoap(xml.NamespaceURI) && xml.LocalName == name;

    public string? Attribute(string name) => xml.GetAttribute(name);

    /// <summary>The attribute, which the schema requires.</summary>
    public string RequiredAttribute(string name) =>
        xml.GetAttribute(name) ?? throw Malformed($"{xml.LocalName} lacks its attribute {name}");

    /// <summary>The child elements of the current element. What the loop does not read is skipped.</summary>
    public ChildElements Children() => new(this, depth, xml.IsEmptyElement);

    /// <summary>Steps into the root element.</summary>
    public void MoveToRoot()
    {
        while (Advance())
        {
            if (xml.NodeType == XmlNodeType.Element)
                return;
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

    /// <summary>The text of the current element, without the characters that XML cannot carry; the reader ends on its end tag.</summary>
    public string Text()
    {
        if (xml.IsEmptyElement)
            return string.Empty;
        var element = depth;
        var text = string.Empty;
        StringBuilder? pieces = null;
        while (Advance() && depth > element)
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace))
                continue;
            if (text.Length == 0)
                text = xml.Value;
            else
                (pieces ??= new StringBuilder(text)).Append(xml.Value);
        }
        return XmlText.Legal(pieces?.ToString() ?? text);
    }

    public bool Boolean() => Text() is "true" or "1";

    /// <summary>An exception that says where, and nothing of what.</summary>
    public EwsMalformedResponseException Malformed(string reason) =>
        new(xml is IXmlLineInfo { LineNumber: > 0 } at ? $"{reason}, line {at.LineNumber}, position {at.LinePosition}" : reason);

    public void Dispose() => xml.Dispose();

    private bool Advance()
    {
        try
        {
            if (!xml.Read())
                return false;
        }
        catch (XmlException e)
        {
            // The parser's own message can quote the content: only the position goes on.
            throw new EwsMalformedResponseException($"not well-formed XML, line {e.LineNumber}, position {e.LinePosition}");
        }
        depth = xml.Depth;
        return depth <= MaxDepth ? true : throw Malformed($"nested deeper than {MaxDepth}");
    }

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
