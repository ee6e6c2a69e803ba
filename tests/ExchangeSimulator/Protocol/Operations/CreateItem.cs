using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Content;
using CleanSync.ExchangeSimulator.Protocol.Content.ICalendar;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

internal sealed class CreateItem : EwsOperation
{
    public override string Name => "CreateItem";

    public override Action<XmlWriter> WhenRefused => XmlWriting.EmptyItems;

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) =>
        response.Each(request.Element(Ns.M + "Items")!.Elements(), item => Create(request, item, call), WhenRefused);

    private static Action<XmlWriter> Create(XElement request, XElement item, EwsCall call)
    {
        if (item.Name.LocalName is "AcceptItem" or "TentativelyAcceptItem" or "DeclineItem")
            return MeetingReply.Answer(request, item, call);
        if (item.Name != Ns.T + "CalendarItem")
            throw new EwsRefusedException("ErrorInvalidRequest", "The simulator creates calendar items only.");
        if (request.Attribute("SendMeetingInvitations") is null)
            throw new EwsRefusedException(
                "ErrorSendMeetingInvitationsRequired", "SendMeetingInvitations attribute is required for calendar items.");
        var folder =
            call.Folder(request.Element(Ns.M + "SavedItemFolderId")?.Elements()
                .Single() ?? new XElement(Ns.T + "DistinguishedFolderId", new XAttribute("Id", "calendar")));
        if (!folder.IsCalendar)
            throw new EwsRefusedException(
                "ErrorCannotCreateCalendarItemInNonCalendarFolder", "Calendar items can be created in calendar folders only.");
        if (!call.LevelOn(folder).Creates()) throw EwsRefusedException.AccessDenied();
        call.RefuseUnknownZones(item);
        var fields = Fields(item, call);
        var series = item.Element(Ns.T + "Recurrence") is { } recurrence ? RecurrenceXml.Read(recurrence) : null;
        lock (folder.Mailbox.Gate)
        {
            var told = item.Element(Ns.T + "UID")?.Value ?? CalendarReading.Uid(item.Element(Ns.T + "MimeContent"));
            var uid = call.Organisation.GivesItsOwnUids ? null : told;
            var entry = folder.Mailbox.Create(folder, fields, series, uid, call.Actor).Snapshot();
            return xml => xml.ItemIdOnly(entry);
        }
    }

    private static EventFields Fields(XElement item, EwsCall call)
    {
        var meeting = item.Element(Ns.T + "MeetingTimeZone")?.Attribute("TimeZoneName")?.Value;
        var start = item.Element(Ns.T + "StartTimeZone")?.Attribute("Id")?.Value ?? meeting;
        var end = item.Element(Ns.T + "EndTimeZone")?.Attribute("Id")?.Value ?? meeting;
        var creation = start is null ? call.ContextZone ?? CalendarZone.Utc : EwsCall.Zone(start);
        var ending = end is not null ? EwsCall.Zone(end) : start is null ? creation : call.ContextZone ?? creation;
        var now = call.Now.AddTicks(-(call.Now.Ticks % TimeSpan.TicksPerMinute));
        var fields =
            new EventFields { StartZone = creation, EndZone = end is null ? creation : ending, Start = now, End = now.AddMinutes(30) };
        var context = new ReadContext(creation, ending);
        foreach (var element in item.Elements())
        {
            if (element.Name.LocalName is "UID" or "Recurrence" or "StartTimeZone" or "EndTimeZone" or "MeetingTimeZone") continue;
            fields = element.Name.LocalName == "ExtendedProperty"
                ? ExtendedPropertyXml.Set(fields, element)
                : ItemProperties.OfElement(element)?.Read is { } read
                    ? read(fields, element, context)
                    : throw new EwsRefusedException(
                        "ErrorInvalidPropertySet", $"Set action is invalid for property {element.Name.LocalName}.");
        }
        return item.Element(Ns.T + "End") is null && item.Element(Ns.T + "Start") is not null
            ? fields with { End = fields.Start.AddMinutes(30) }
            : fields;
    }
}
