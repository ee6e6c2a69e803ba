using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

internal sealed class DeleteItem : EwsOperation
{
    public override string Name => "DeleteItem";

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) =>
        response.Each(request.Element(Ns.M + "ItemIds")!.Elements(), id => Delete(request, id, call));

    private static Action<XmlWriter> Delete(XElement request, XElement id, EwsCall call)
    {
        if (request.Attribute("SendMeetingCancellations") is null)
            throw new EwsRefusedException(
                "ErrorSendMeetingCancellationsRequired", "SendMeetingCancellations attribute is required for calendar items.");
        var mailbox = call.Entry(id).Folder.Mailbox;
        lock (mailbox.Gate)
        {
            var entry = call.Entry(id);
            var own = string.Equals(entry.Creator, call.Actor, StringComparison.OrdinalIgnoreCase);
            if (!call.LevelOn(entry.Folder).Deletes(own)) throw EwsRefusedException.AccessDenied();
            if (call.IsDelegateIn(mailbox) && request.Attribute("DeleteType")!.Value == "MoveToDeletedItems")
                throw new EwsRefusedException("ErrorCannotDeleteObject", "The specified object could not be deleted.");
            if (entry.Slot is not null)
            {
                mailbox.DeleteOccurrence(entry, call.Actor);
            }
            else
            {
                var item = mailbox.Item(entry.ItemId)!;
                switch (request.Attribute("DeleteType")!.Value)
                {
                    case "MoveToDeletedItems":
                        mailbox.Move(item, mailbox.Distinguished("deleteditems"));
                        break;
                    case "SoftDelete":
                        mailbox.Move(item, mailbox.Distinguished("recoverableitemsdeletions"));
                        break;
                    default:
                        mailbox.Remove(item);
                        break;
                }
            }
        }
        return _ => { };
    }
}
