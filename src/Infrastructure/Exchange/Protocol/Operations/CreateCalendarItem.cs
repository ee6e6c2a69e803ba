using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>
/// CreateItem for one appointment, mailing nobody. Not idempotent: if the answer is lost, search before repeating it.
/// The folder is always named, since under delegate access the item would else land in the caller's own calendar.
/// </summary>
internal sealed class CreateCalendarItem(FolderRef folder, CalendarItemDraft draft) : IEwsOperation<EwsResult<ItemId>>
{
    public string Name => "CreateItem";

    public void Write(EwsXmlWriter xml)
    {
        xml.Attribute("SendMeetingInvitations", "SendToNone");
        using (xml.Message("SavedItemFolderId"))
            folder.Write(xml);
        using (xml.Message("Items"))
            draft.Write(xml);
    }

    public EwsResult<ItemId> Read(EwsXmlReader xml) => WrittenItem.Read(xml);
}
