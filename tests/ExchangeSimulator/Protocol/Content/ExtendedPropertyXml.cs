using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Content;

internal static class ExtendedPropertyXml
{
    public static ExtendedProperty Definition(XElement uri) =>
        ExtendedProperty.From(name => uri.Attribute(name)?.Value)
        ?? throw new SoapFaultException("ErrorInvalidExtendedProperty", "The extended property attribute combination is invalid.");

    public static EventFields Set(EventFields fields, XElement element)
    {
        var property = Definition(element.Element(Ns.T + "ExtendedFieldURI")!);
        var isArray = property.Type.EndsWith("Array", StringComparison.Ordinal);
        var values = element.Element(Ns.T + "Values");
        if (isArray != (values is not null))
            throw new EwsRefusedException("ErrorInvalidExtendedPropertyValue", "The extended property value does not match its type.");
        ImmutableArray<string> texts = values is null
            ? [element.Element(Ns.T + "Value")!.Value]
            : [.. values.Elements().Select(v => v.Value)];
        return fields with { Extended = fields.Extended.SetItem(property, texts) };
    }

    public static void Write(XmlWriter xml, XElement definition, ExtendedProperty property, ImmutableArray<string> values)
    {
        xml.OpenT("ExtendedProperty");
        xml.OpenT("ExtendedFieldURI");
        foreach (var attribute in definition.Attributes().Where(a => !a.IsNamespaceDeclaration))
        {
            xml.WriteAttributeString(attribute.Name.LocalName, attribute.Value);
        }
        xml.WriteEndElement();
        if (property.Type.EndsWith("Array", StringComparison.Ordinal))
        {
            xml.OpenT("Values");
            foreach (var value in values) xml.TypeText("Value", value);
            xml.WriteEndElement();
        }
        else
        {
            xml.TypeText("Value", values.IsEmpty ? "" : values[0]);
        }
        xml.WriteEndElement();
    }
}
