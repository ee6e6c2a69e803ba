using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>What the caller may do with one item: here Modify and Delete do speak of the item.</summary>
internal sealed record ItemRights(FolderRights Rights);

/// <summary>GetItem for the rights on known items alone, one result each; nothing else of them is asked for.</summary>
internal sealed class GetItemRights(IReadOnlyList<ItemId> items) : IEwsOperation<IReadOnlyList<EwsResult<ItemRights>>>
{
    public string Name => "GetItem";

    public void Write(EwsXmlWriter xml)
    {
        CalendarItemShape.Write(xml, [Field.ItemEffectiveRights], []);
        using (xml.Message("ItemIds"))
        {
            foreach (var item in items)
                new ItemRef.ById(item.Id).Write(xml);
        }
    }

    public IReadOnlyList<EwsResult<ItemRights>> Read(EwsXmlReader xml) =>
        ResponseMessages.Read<ItemRights>(
            xml, items.Count, null, (xml, soFar) => xml.Is("Items") && xml.Children().Next() ? ReadItem(xml) : soFar);

    private static ItemRights ReadItem(EwsXmlReader xml)
    {
        var rights = FolderRights.None;
        for (var children = xml.Children(); children.Next();)
        {
            if (xml.Is("EffectiveRights"))
                rights = GetFolder.ReadRights(xml);
        }
        return new ItemRights(rights);
    }
}
