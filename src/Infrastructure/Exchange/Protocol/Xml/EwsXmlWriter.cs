using System.Globalization;
using System.Text;
using System.Xml;
using CleanSync.Infrastructure.Exchange.Protocol.Items;

namespace CleanSync.Infrastructure.Exchange.Protocol.Xml;

/// <summary>
/// Writes elements of the two EWS namespaces, nested by <c>using</c>. Children that messages.xsd declares are messages,
/// those of types.xsd are types; order is enforced by the server. Illegal characters are stripped.
/// </summary>
internal sealed class EwsXmlWriter(XmlWriter xml, ExchangeServerVersion version)
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
    };

    /// <summary>The version that the request names: what it lacks must not be written.</summary>
    public ExchangeServerVersion Version { get; } = version;

    public static XmlWriter Create(Stream output) => XmlWriter.Create(output, Settings);

    public Element Message(string name) => Start("m", name, Ews.Messages);

    public Element Type(string name) => Start("t", name, Ews.Types);

    public Element Soap(string name) => Start("soap", name, Ews.Soap);

    public void TypeText(string name, string value)
    {
        using (Type(name))
            Text(value);
    }

    public void TypeText(string name, bool value) => TypeText(name, XmlConvert.ToString(value));

    public void TypeText(string name, int value) => TypeText(name, XmlConvert.ToString(value));

    public void TypeText(string name, DateTimeOffset value) => TypeText(name, EwsTime.Format(value));

    public void MessageText(string name, string value)
    {
        using (Message(name))
            Text(value);
    }

    public void MessageInteger(string name, int value) => MessageText(name, XmlConvert.ToString(value));

    public void Text(string value) => xml.WriteString(XmlText.Legal(value));

    public void Attribute(string name, string value) => xml.WriteAttributeString(name, XmlText.Legal(value));

    public void Attribute(string name, int value) => Attribute(name, value.ToString(CultureInfo.InvariantCulture));

    public void FieldUri(string field)
    {
        using (Type("FieldURI"))
            Attribute("FieldURI", field);
    }

    internal void DeclareNamespaces()
    {
        xml.WriteAttributeString("xmlns", "m", null, Ews.Messages);
        xml.WriteAttributeString("xmlns", "t", null, Ews.Types);
    }

    private Element Start(string prefix, string name, string ns)
    {
        xml.WriteStartElement(prefix, name, ns);
        return new Element(xml);
    }

    /// <summary>An open element; disposing it closes it.</summary>
    internal readonly ref struct Element(XmlWriter xml)
    {
        public void Dispose() => xml.WriteEndElement();
    }
}
