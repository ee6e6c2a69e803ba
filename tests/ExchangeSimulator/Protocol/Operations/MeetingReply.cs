using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

/// <summary>
/// AcceptItem, TentativelyAcceptItem and DeclineItem on a meeting that somebody else organises: one occurrence, or the whole item. What is
/// accepted blocks time, what is declined moves to Deleted Items, and a declined occurrence leaves its series. No mail is simulated.
/// </summary>
internal static class MeetingReply
{
    public static Action<XmlWriter> Answer(XElement request, XElement reply, EwsCall call)
    {
        if (request.Attribute("MessageDisposition") is null)
            throw new EwsRefusedException("ErrorMessageDispositionRequired", "The MessageDisposition attribute is required.");
        var reference = reply.Element(Ns.T + "ReferenceItemId")
            ?? throw new EwsRefusedException("ErrorInvalidRequest", "ReferenceItemId is required.");
        var (response, status) = reply.Name.LocalName switch
        {
            "AcceptItem" => ("Accept", FreeBusy.Busy),
            "TentativelyAcceptItem" => ("Tentative", FreeBusy.Tentative),
            _ => ("Decline", FreeBusy.Free),
        };
        var mailbox = call.Entry(reference).Folder.Mailbox;
        lock (mailbox.Gate)
        {
            var entry = call.Entry(reference);
            if (!call.LevelOn(entry.Folder).Edits(own: false)) throw EwsRefusedException.AccessDenied();
            if (entry.Fields.Organizer is null)
                throw new EwsRefusedException("ErrorCalendarIsOrganizerFor" + response, "The organizer cannot reply to the own meeting.");
            if (entry.Fields.IsCancelled)
                throw new EwsRefusedException("ErrorCalendarIsCancelledFor" + response, "The meeting has been cancelled.");
            UpdateItem.CheckChangeKey(reference.Attribute("ChangeKey")?.Value, "NeverOverwrite", entry);
            if (response == "Decline" && entry.Slot is not null)
            {
                mailbox.DeleteOccurrence(entry, call.Actor);
                return XmlWriting.EmptyItems;
            }
            entry = mailbox.Edit(entry, call.Actor, f => f with { MyResponse = response, FreeBusy = status });
            if (response != "Decline") return xml => xml.ItemIdOnly(entry);
            mailbox.Move(mailbox.Item(entry.ItemId)!, mailbox.Distinguished("deleteditems"));
            return XmlWriting.EmptyItems;
        }
    }
}
