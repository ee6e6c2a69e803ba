using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>One property to set or to remove. CreateItem writes the element, UpdateItem the path and the element.</summary>
internal readonly record struct FieldChange
{
    private readonly string? field;
    private readonly NamedProperty? named;
    private readonly Action<EwsXmlWriter>? write;

    public FieldChange(string field, Action<EwsXmlWriter>? write) => (this.field, this.write) = (field, write);

    public FieldChange(NamedProperty named, Action<EwsXmlWriter> write) => (this.named, this.write) = (named, write);

    public static FieldChange Remove(string field) => new(field, null);

    public static FieldChange Text(string field, string element, string text) =>
        text.Length == 0 ? Remove(field) : new(field, xml => xml.TypeText(element, text));

    /// <summary>The bare element; nothing for a removal.</summary>
    public void WriteElement(EwsXmlWriter xml) => write?.Invoke(xml);

    /// <summary>SetItemField with exactly one property, or DeleteItemField.</summary>
    public void WriteUpdate(EwsXmlWriter xml)
    {
        using (xml.Type(write is null ? "DeleteItemField" : "SetItemField"))
        {
            if (named is null)
                xml.FieldUri(field!);
            else
                named.WritePath(xml);
            if (write is null)
                return;
            using (xml.Type("CalendarItem"))
                write(xml);
        }
    }
}
