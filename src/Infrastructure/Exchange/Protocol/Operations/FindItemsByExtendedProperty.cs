using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>
/// FindItem, paged, restricted to the items whose named property equals a value: singles and masters, no occurrences.
/// A restricted search returns at most 250 items from 2013 on.
/// </summary>
internal sealed class FindItemsByExtendedProperty(
    FolderRef folder,
    NamedProperty property,
    string value,
    int offset,
    int pageSize,
    CalendarItemShape shape) : IEwsOperation<FoundItems>
{
    public string Name => "FindItem";

    public void Write(EwsXmlWriter xml)
    {
        xml.Attribute("Traversal", "Shallow");
        shape.WriteForFindItem(xml);
        using (xml.Message("IndexedPageItemView"))
        {
            xml.Attribute("MaxEntriesReturned", pageSize);
            xml.Attribute("Offset", offset);
            xml.Attribute("BasePoint", "Beginning");
        }
        using (xml.Message("Restriction"))
        using (xml.Type("IsEqualTo"))
        {
            property.WritePath(xml);
            using (xml.Type("FieldURIOrConstant"))
            using (xml.Type("Constant"))
                xml.Attribute("Value", value);
        }
        using (xml.Message("ParentFolderIds"))
            folder.Write(xml);
    }

    public FoundItems Read(EwsXmlReader xml) => FoundItems.Read(xml, pageSize);
}
