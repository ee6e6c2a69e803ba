using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>AcceptItem, TentativelyAcceptItem and DeclineItem on a meeting that somebody else organises. No mail is simulated.</summary>
internal static class MeetingReply
{
    public static Action<XmlWriter> Answer(XElement request, XElement reply, EwsCall call)
    {
        if (request.Attribute("MessageDisposition") is null)
            throw new EwsRefusedException("ErrorMessageDispositionRequired", "The MessageDisposition attribute is required.");
        var reference = reply.Element(Ns.T + "ReferenceItemId") ?? throw new EwsRefusedException("ErrorInvalidRequest", "ReferenceItemId is required.");
        var (verb, response) = reply.Name.LocalName switch
        {
            "AcceptItem" => ("Accept", "Accept"),
            "TentativelyAcceptItem" => ("Tentative", "Tentative"),
            _ => ("Decline", "Decline"),
        };
        var entry = call.Entry(reference);
        var mailbox = entry.Folder.Mailbox;
        if (!call.LevelOn(entry.Folder).Edits(own: false)) throw EwsRefusedException.AccessDenied();
        lock (mailbox.Gate)
        {
            if (entry.Fields.Organizer is null) throw new EwsRefusedException("ErrorCalendarIsOrganizerFor" + verb, "The organizer cannot reply to the own meeting.");
            if (entry.Fields.IsCancelled) throw new EwsRefusedException("ErrorCalendarIsCancelledFor" + verb, "The meeting has been cancelled.");
            if (response == "Decline" && entry.Slot is null) mailbox.Move(mailbox.Item(entry.ItemId)!, mailbox.Distinguished("deleteditems"));
            else entry = mailbox.Edit(entry, call.Actor, f => f with { MyResponse = response, FreeBusy = response == "Accept" ? FreeBusy.Busy : f.FreeBusy });
        }
        return xml =>
        {
            if (response == "Decline") xml.EmptyItems();
            else xml.ItemIdOnly(entry);
        };
    }
}
