using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Operations;

/// <summary>
/// UpdateItem as compare-and-swap, mailing nobody: a change key that is no longer the item's answers ErrorIrresolvableConflict.
/// That error can come although the change was stored, so read again before deciding.
/// </summary>
internal sealed class UpdateCalendarItem : IEwsOperation<EwsResult<ItemId>>
{
    private readonly ItemId item;
    private readonly CalendarItemUpdate update;

    public UpdateCalendarItem(ItemId item, CalendarItemUpdate update)
    {
        ArgumentNullException.ThrowIfNull(item.ChangeKey);
        if (update == new CalendarItemUpdate())
            throw new ArgumentException("An update changes at least one field.", nameof(update));
        (this.item, this.update) = (item, update);
    }

    public string Name => "UpdateItem";

    public void Write(EwsXmlWriter xml)
    {
        // MessageDisposition is left out: it is for messages only.
        xml.Attribute("ConflictResolution", "NeverOverwrite");
        xml.Attribute("SendMeetingInvitationsOrCancellations", "SendToNone");
        using (xml.Message("ItemChanges"))
        using (xml.Type("ItemChange"))
        {
            item.Write(xml);
            using (xml.Type("Updates"))
            {
                foreach (var change in update.Changes(xml.Version))
                    change.WriteUpdate(xml);
            }
        }
    }

    public EwsResult<ItemId> Read(EwsXmlReader xml) => WrittenItem.Read(xml);
}
