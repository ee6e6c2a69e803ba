using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>What CreateItem and UpdateItem answer: the item's id and its new change key.</summary>
internal static class WrittenItem
{
    public static EwsResult<ItemId> Read(EwsXmlReader xml) =>
        ResponseMessages.Read<ItemId>(xml, 1, null, (xml, soFar) =>
            xml.Is("Items") && xml.Children().Next() ? CalendarItemReader.Read(xml).ItemId : soFar)[0];
}
