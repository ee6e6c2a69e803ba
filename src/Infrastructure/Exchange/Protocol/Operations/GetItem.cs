using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>GetItem: known items, one result each. Microsoft advises small batches, since one call has about a minute.</summary>
internal sealed class GetItem(IReadOnlyList<ItemRef> items, CalendarItemShape shape) : IEwsOperation<IReadOnlyList<EwsResult<CalendarItem>>>
{
    public GetItem(IEnumerable<ItemId> items, CalendarItemShape shape)
        : this([.. items.Select(item => new ItemRef.ById(item.Id))], shape) { }

    public string Name => "GetItem";

    public void Write(EwsXmlWriter xml)
    {
        shape.WriteForGetItem(xml);
        using (xml.Message("ItemIds"))
        {
            foreach (var item in items)
                item.Write(xml);
        }
    }

    public IReadOnlyList<EwsResult<CalendarItem>> Read(EwsXmlReader xml) =>
        ResponseMessages.Read<CalendarItem>(xml, items.Count, null, (xml, soFar) =>
            xml.Is("Items") && xml.Children().Next() ? CalendarItemReader.Read(xml) : soFar);
}
