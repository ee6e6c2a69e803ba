using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>MoveItem and CopyItem within one mailbox. Whatever arrives has an id of its own; a copy has a UID of its own as well.</summary>
internal sealed class MoveItem(bool copies) : EwsOperation
{
    public override string Name => copies ? "CopyItem" : "MoveItem";

    public override Action<XmlWriter> WhenRefused => XmlWriting.EmptyItems;

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) =>
        response.Each(request.Element(Ns.M + "ItemIds")!.Elements(), id => Carry(request, id, call), WhenRefused);

    private Action<XmlWriter> Carry(XElement request, XElement id, EwsCall call)
    {
        var target = call.Folder(request.Element(Ns.M + "ToFolderId")!.Elements().Single());
        var mailbox = call.Entry(id).Folder.Mailbox;
        if (target.Mailbox != mailbox)
            throw new EwsRefusedException("ErrorMoveCopyFailed", "The simulator moves and copies within one mailbox only.");
        lock (mailbox.Gate)
        {
            var entry = call.Entry(id);
            if (entry.Slot is not null)
                throw new EwsRefusedException("ErrorCalendarCannotMoveOrCopyOccurrence", "One occurrence cannot be moved or copied.");
            var own = string.Equals(entry.Creator, call.Actor, StringComparison.OrdinalIgnoreCase);
            if (!call.LevelOn(target).Creates() || !(copies || call.LevelOn(entry.Folder).Deletes(own)))
                throw EwsRefusedException.AccessDenied();
            var carried =
                (copies ? mailbox.Create(target, entry.Fields, entry.Series, null, call.Actor)
                    : mailbox.Move(mailbox.Item(entry.ItemId)!, target)).Snapshot();
            return xml => xml.ItemIdOnly(carried);
        }
    }
}
