using System.Globalization;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>
/// A named MAPI property of type String: property set and name (ExtendedFieldURI). The server returns it only where it is asked for
/// by exactly this definition; AllProperties does not include it.
/// </summary>
internal sealed record NamedProperty(Guid PropertySetId, string Name)
{
    private const string StringType = "String";

    internal void WritePath(EwsXmlWriter xml)
    {
        using (xml.Type("ExtendedFieldURI"))
        {
            xml.Attribute("PropertySetId", PropertySetId.ToString("D", CultureInfo.InvariantCulture));
            xml.Attribute("PropertyName", Name);
            xml.Attribute("PropertyType", StringType);
        }
    }

    internal void WriteValue(EwsXmlWriter xml, string value)
    {
        using (xml.Type("ExtendedProperty"))
        {
            WritePath(xml);
            xml.TypeText("Value", value);
        }
    }

    /// <summary>Reads one ExtendedProperty; null for a kind that this client never asks for.</summary>
    internal static (NamedProperty Property, string Value)? Read(EwsXmlReader xml)
    {
        NamedProperty? property = null;
        string? value = null;
        for (var children = xml.Children(); children.Next();)
        {
            if (xml.Is("ExtendedFieldURI"))
            {
                if (Guid.TryParse(xml.Attribute("PropertySetId"), out var set) && xml.Attribute("PropertyName") is { } name)
                    property = new NamedProperty(set, name);
            }
            else if (xml.Is("Value"))
            {
                value = xml.Text();
            }
        }
        return property is null || value is null ? null : (property, value);
    }
}
