using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>
/// MoveToDeletedItems lets a person restore the item, under a new id; a delegate may not ask for it. SoftDelete puts it into Recoverable
/// Items, where its owner finds it by "Recover Deleted Items"; HardDelete is for good.
/// </summary>
internal enum DeleteType { MoveToDeletedItems, SoftDelete, HardDelete }

/// <summary>The item is gone.</summary>
internal sealed record Deleted
{
    public static Deleted Instance { get; } = new();

    private Deleted() { }
}

/// <summary>
/// DeleteItem for one item, mailing nobody. The server checks no conflict; ErrorItemNotFound means that the goal is reached.
/// </summary>
internal sealed class DeleteCalendarItem(ItemId item, DeleteType type) : IEwsOperation<EwsResult<Deleted>>
{
    public string Name => "DeleteItem";

    public void Write(EwsXmlWriter xml)
    {
        xml.Attribute("DeleteType", type.ToString());
        xml.Attribute("SendMeetingCancellations", "SendToNone");
        using (xml.Message("ItemIds"))
            item.Write(xml);
    }

    public EwsResult<Deleted> Read(EwsXmlReader xml) => ResponseMessages.Read<Deleted>(xml, 1, Deleted.Instance, (_, soFar) => soFar)[0];
}
