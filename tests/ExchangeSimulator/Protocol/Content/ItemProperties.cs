using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Content.ICalendar;

namespace CleanSync.ExchangeSimulator.Protocol.Content;

/// <summary>Every property of a calendar item that has a value here, in the order of the schema.</summary>
internal static class ItemProperties
{
    /// <summary>Stands in the order where extended properties are written.</summary>
    public const string ExtendedPlace = "extended:";

    public static readonly IReadOnlyList<ItemProperty> InOrder =
    [
        new("item:MimeContent") { IsThin = false, IsInAllProperties = false, Read = CalendarReading.Read }, // written before the id: ItemView
        new("item:ParentFolderId") { Write = (x, e, _) => x.Id("ParentFolderId", e.Folder.Id, null) },
        new("item:ItemClass")
        {
            Write = (x, e, _) => x.TypeText("ItemClass", e.Fields.ItemClass),
            Read = (f, x, _) => f with { ItemClass = x.Value }
        },
        new("item:Subject")
        {
            IsInDefaultShape = true,
            Write = (x, e, v) => x.TypeText("Subject", v.Cut(e.Fields.Subject)),
            Read = (f, x, _) => f with { Subject = x.Value },
            Clear = f => f with { Subject = "" },
        },
        new("item:Sensitivity")
        {
            Write = (x, e, _) => x.TypeText("Sensitivity", e.Fields.Sensitivity.ToString()),
            Read = (f, x, _) => f with { Sensitivity = Enum.Parse<Sensitivity>(x.Value) },
        },
        new("item:Body")
        {
            IsThin = false,
            Write = WriteBody,
            Read = (f, x, _) => f with { Body = x.Value, BodyType = x.Attribute("BodyType")!.Value },
            Clear = f => f with { Body = null },
        },
        new("item:DateTimeReceived") { Write = (x, e, v) => x.TypeText("DateTimeReceived", v.Time(e.Created)) },
        new("item:Size") { Write = (x, e, _) => x.TypeText("Size", (400 + e.Fields.Subject.Length + (e.Fields.Body?.Length ?? 0)).Wire()) },
        new("item:Categories")
        {
            Write = WriteCategories,
            Read = (f, x, _) => f with { Categories = [.. x.Elements().Select(s => s.Value)] },
            Clear = f => f with { Categories = [] },
        },
        new("item:Importance")
        {
            Write = (x, e, _) => x.TypeText("Importance", e.Fields.Importance),
            Read = (f, x, _) => f with { Importance = x.Value }
        },
        new("item:IsSubmitted") { Write = (x, _, _) => x.TypeText("IsSubmitted", "false") },
        new("item:IsDraft") { Write = (x, _, _) => x.TypeText("IsDraft", "false") },
        new("item:IsFromMe") { Write = (x, _, _) => x.TypeText("IsFromMe", "false") },
        new("item:IsResend") { Write = (x, _, _) => x.TypeText("IsResend", "false") },
        new("item:IsUnmodified") { Write = (x, _, _) => x.TypeText("IsUnmodified", "false") },
        new("item:DateTimeSent") { Write = (x, e, v) => x.TypeText("DateTimeSent", v.Time(e.Created)) },
        new("item:DateTimeCreated") { Write = (x, e, v) => x.TypeText("DateTimeCreated", v.Time(e.Created)) },
        new("item:ReminderDueBy") { Write = (x, e, v) => x.TypeText("ReminderDueBy", v.Time(e.Fields.Start)) },
        new("item:ReminderIsSet")
        {
            Write = (x, e, _) => x.TypeText("ReminderIsSet", e.Fields.ReminderIsSet.Wire()),
            Read = (f, x, _) => f with { ReminderIsSet = Bool(x) },
        },
        new("item:ReminderMinutesBeforeStart")
        {
            Write = (x, e, _) => x.TypeText("ReminderMinutesBeforeStart", e.Fields.ReminderMinutesBeforeStart.Wire()),
            Read = (f, x, _) => f with { ReminderMinutesBeforeStart = int.Parse(x.Value, CultureInfo.InvariantCulture) },
        },
        new("item:DisplayCc") { Write = (x, _, _) => x.TypeText("DisplayCc", "") },
        new("item:DisplayTo") { Write = (x, e, _) =>
            x.TypeText("DisplayTo", string.Join("; ", e.Fields.RequiredAttendees.Select(a => a.Name))) },
        new("item:HasAttachments") { IsInDefaultShape = true, Write = (x, _, _) => x.TypeText("HasAttachments", "false") },
        new(ExtendedPlace),
        new("item:Culture") { Write = (x, _, _) => x.TypeText("Culture", "en-US") },
        new("item:EffectiveRights") { Write = (x, e, v) => v.Rights(x, e) },
        new("item:LastModifiedName") { Write = (x, e, _) => x.TypeText("LastModifiedName", e.ModifiedBy) },
        new("item:LastModifiedTime") { Write = (x, e, v) => x.TypeText("LastModifiedTime", v.Time(e.Modified)) },
        new("item:IsAssociated") { Write = (x, _, _) => x.TypeText("IsAssociated", "false") },
        new("calendar:UID") { Write = (x, e, _) => x.TypeText("UID", e.Uid) },
        new("calendar:RecurrenceId") { Write = (x, e, v) => v.TimeIfAny(x, "RecurrenceId", e.OriginalStart) },
        new("calendar:DateTimeStamp") { Write = (x, e, v) => x.TypeText("DateTimeStamp", v.Time(e.Created)) },
        new("calendar:Start")
        {
            IsInDefaultShape = true,
            Write = (x, e, v) => v.Told(x, "Start", e.Fields.Start, e.Oddity?.Start),
            Read = (f, x, c) => f with { Start = WireTime.Read(x.Value, c.StartFallback) },
        },
        new("calendar:End")
        {
            IsInDefaultShape = true,
            Write = (x, e, v) => v.Told(x, "End", e.Fields.End, e.Oddity?.End),
            Read = (f, x, c) => f with { End = WireTime.Read(x.Value, c.EndFallback) },
        },
        new("calendar:OriginalStart") { Write = (x, e, v) => v.TimeIfAny(x, "OriginalStart", e.OriginalStart) },
        new("calendar:IsAllDayEvent")
        {
            Write = (x, e, _) => x.TypeText("IsAllDayEvent", e.Fields.IsAllDay.Wire()),
            Read = (f, x, _) => f with { IsAllDay = Bool(x) },
        },
        new("calendar:LegacyFreeBusyStatus")
        {
            IsInDefaultShape = true,
            // A server of before 2013 has no word for working elsewhere.
            Write = (x, e, v) =>
                x.TypeText(
                    "LegacyFreeBusyStatus",
                    e.Fields.FreeBusy == FreeBusy.WorkingElsewhere && v.Call.Version < ExchangeVersion.Exchange2013
                        ? "NoData"
                        : e.Fields.FreeBusy.ToString()),
            Read = (f, x, _) => f with { FreeBusy = Enum.Parse<FreeBusy>(x.Value) },
        },
        new("calendar:Location")
        {
            IsInDefaultShape = true,
            Write = (x, e, v) => { if (e.Fields.Location is { } place) x.TypeText("Location", v.Cut(place)); },
            Read = (f, x, _) => f with { Location = x.Value },
            Clear = f => f with { Location = null },
        },
        new("calendar:IsMeeting") { Write = (x, e, _) => x.TypeText("IsMeeting", e.Fields.IsMeeting.Wire()) },
        new("calendar:IsCancelled") { Write = (x, e, _) => x.TypeText("IsCancelled", e.Fields.IsCancelled.Wire()) },
        // False on masters of one's own: a documented fault of the real server.
        new("calendar:IsRecurring") { Write = (x, e, _) => x.TypeText("IsRecurring", (e.Slot is not null).Wire()) },
        new("calendar:MeetingRequestWasSent") { Write = (x, _, _) => x.TypeText("MeetingRequestWasSent", "false") },
        new("calendar:IsResponseRequested")
        {
            Write = (x, e, _) => x.TypeText("IsResponseRequested", e.Fields.IsMeeting.Wire()),
            Read = (f, _, _) => f,
        },
        new("calendar:CalendarItemType")
        {
            IsInDefaultShape = true,
            Write = (x, e, _) => x.TypeText("CalendarItemType", e.Type.ToString())
        },
        new("calendar:MyResponseType") { Write = (x, e, _) => x.TypeText("MyResponseType", e.Fields.MyResponse) },
        new("calendar:Organizer") { IsInDefaultShape = true, Write = WriteOrganizer },
        Attendees("RequiredAttendees", f => f.RequiredAttendees, (f, a) => f with { RequiredAttendees = [.. a] }),
        Attendees("OptionalAttendees", f => f.OptionalAttendees, (f, a) => f with { OptionalAttendees = [.. a] }),
        Attendees("Resources", f => f.Resources, (f, a) => f with { Resources = [.. a] }),
        new("calendar:ConflictingMeetingCount") { IsThin = false, Write = (x, _, _) => x.TypeText("ConflictingMeetingCount", "0") },
        new("calendar:AdjacentMeetingCount") { IsThin = false, Write = (x, _, _) => x.TypeText("AdjacentMeetingCount", "0") },
        new("calendar:Duration") { Write = (x, e, _) => x.TypeText("Duration", XmlConvert.ToString(e.Fields.End - e.Fields.Start)) },
        new("calendar:TimeZone") { Write = (x, e, _) => x.TypeText("TimeZone", e.Fields.StartZone.Rules.DisplayName) },
        new("calendar:AppointmentSequenceNumber") { Write = (x, _, _) => x.TypeText("AppointmentSequenceNumber", "0") },
        new("calendar:AppointmentState") { Write = (x, e, _) => x.TypeText("AppointmentState", State(e.Fields).Wire()) },
        new("calendar:Recurrence") { IsThin = false, Write = RecurrenceXml.Write },
        new("calendar:FirstOccurrence") { IsThin = false, Write = RecurrenceXml.WriteFirst },
        new("calendar:LastOccurrence") { IsThin = false, Write = RecurrenceXml.WriteLast },
        new("calendar:ModifiedOccurrences") { IsThin = false, Write = RecurrenceXml.WriteModified },
        new("calendar:DeletedOccurrences") { IsThin = false, Write = RecurrenceXml.WriteDeleted },
        new("calendar:MeetingTimeZone")
        {
            IsThin = false,
            IsInAllProperties = false,
            Write = (x, e, _) => { if (e.Series is not null && e.Slot is null) WriteMeetingZone(x, e.Fields.StartZone); },
            Read = (f, x, _) => ZoneReading.Both(f, EwsCall.Zone(x.Attribute("TimeZoneName")?.Value)),
        },
        new("calendar:StartTimeZone")
        {
            Write = (x, e, _) => WriteZone(x, "StartTimeZone", e.Fields.StartZone),
            Read = (f, x, _) => ZoneReading.Start(f, EwsCall.Zone(x.Attribute("Id")?.Value)),
        },
        new("calendar:EndTimeZone")
        {
            Write = (x, e, _) => WriteZone(x, "EndTimeZone", e.Fields.EndZone),
            Read = (f, x, _) => ZoneReading.End(f, EwsCall.Zone(x.Attribute("Id")?.Value)),
        },
        new("calendar:ConferenceType") { Write = (x, _, _) => x.TypeText("ConferenceType", "0"), Read = (f, _, _) => f, Clear = f => f },
        new("calendar:AllowNewTimeProposal")
        {
            Write = (x, _, _) => x.TypeText("AllowNewTimeProposal", "true"),
            Read = (f, _, _) => f,
            Clear = f => f
        },
        new("calendar:IsOnlineMeeting") { Write = (x, _, _) => x.TypeText("IsOnlineMeeting", "false"), Read = (f, _, _) => f },
        new("calendar:MeetingWorkspaceUrl") { Read = (f, _, _) => f, Clear = f => f },
        new("calendar:NetShowUrl") { Read = (f, _, _) => f, Clear = f => f },
        new("calendar:StartWallClock") { Write = (x, e, _) =>
            x.TypeText("StartWallClock", WireTime.Write(e.Fields.Start, e.Fields.StartZone)) },
        new("calendar:EndWallClock") { Write = (x, e, _) => x.TypeText("EndWallClock", WireTime.Write(e.Fields.End, e.Fields.EndZone)) },
        new("calendar:StartTimeZoneId") { Write = (x, e, _) => x.TypeText("StartTimeZoneId", e.Fields.StartZone.WireId) },
        new("calendar:EndTimeZoneId") { Write = (x, e, _) => x.TypeText("EndTimeZoneId", e.Fields.EndZone.WireId) },
        new("calendar:IsOrganizer") { Write = (x, e, _) => x.TypeText("IsOrganizer", (e.Fields.Organizer is null).Wire()) },
    ];

    private static readonly Dictionary<string, ItemProperty> ByUri = InOrder.ToDictionary(p => p.Uri, StringComparer.Ordinal);
    private static readonly Dictionary<string, ItemProperty> ByElement =
        InOrder.Where(p => p.Uri != ExtendedPlace).ToDictionary(p => p.Element, StringComparer.Ordinal);

    public static ItemProperty? Find(string uri) => ByUri.GetValueOrDefault(uri);

    public static ItemProperty? OfElement(XElement element) => ByElement.GetValueOrDefault(element.Name.LocalName);

    private static bool Bool(XElement x) => XmlConvert.ToBoolean(x.Value.Trim());

    private static int State(EventFields f) => (f.IsMeeting ? 1 : 0) + (f.Organizer is not null ? 2 : 0) + (f.IsCancelled ? 4 : 0);

    private static ItemProperty Attendees(
        string name,
        Func<EventFields, IReadOnlyList<Participant>> get,
        Func<EventFields, IEnumerable<Participant>, EventFields> set) => new("calendar:" + name)
        {
            IsThin = false,
            Write = (x, e, _) =>
            {
                if (get(e.Fields) is not { Count: > 0 } people) return;
                x.OpenT(name);
                foreach (var person in people)
                {
                    x.OpenT("Attendee");
                    WriteMailbox(x, person, withAddress: true);
                    x.TypeText("ResponseType", person.Response);
                    x.WriteEndElement();
                }
                x.WriteEndElement();
            },
            Read = (f, x, _) => set(f, x.Elements().Select(a => a.Element(Ns.T + "Mailbox")!).Select(m =>
                new Participant(
                    m.Element(Ns.T + "Name")?.Value ?? m.Element(Ns.T + "EmailAddress")?.Value ?? "",
                    m.Element(Ns.T + "EmailAddress")?.Value ?? ""))),
            Clear = f => set(f, []),
        };

    private static void WriteBody(XmlWriter x, CalendarEntry e, ItemView v)
    {
        x.OpenT("Body");
        x.WriteAttributeString("BodyType", v.BodyType ?? e.Fields.BodyType);
        x.WriteString(e.Fields.Body ?? "");
        x.WriteEndElement();
    }

    private static void WriteCategories(XmlWriter x, CalendarEntry e, ItemView v)
    {
        if (e.Fields.Categories.IsEmpty) return;
        x.OpenT("Categories");
        foreach (var category in e.Fields.Categories) x.TypeText("String", category);
        x.WriteEndElement();
    }

    private static void WriteOrganizer(XmlWriter x, CalendarEntry e, ItemView v)
    {
        x.OpenT("Organizer");
        WriteMailbox(x, e.Fields.Organizer ?? new Participant(e.Folder.Mailbox.DisplayName, e.Folder.Mailbox.SmtpAddress), v.IsFull);
        x.WriteEndElement();
    }

    private static void WriteMailbox(XmlWriter x, Participant person, bool withAddress)
    {
        x.OpenT("Mailbox");
        x.TypeText("Name", person.Name);
        if (withAddress)
        {
            x.TypeText("EmailAddress", person.Address);
            x.TypeText("RoutingType", "SMTP");
            x.TypeText("MailboxType", "Mailbox");
        }
        x.WriteEndElement();
    }

    private static void WriteZone(XmlWriter x, string element, CalendarZone zone)
    {
        x.OpenT(element);
        x.WriteAttributeString("Id", zone.WireId);
        x.WriteAttributeString("Name", zone.Rules.DisplayName);
        x.WriteEndElement();
    }

    private static void WriteMeetingZone(XmlWriter x, CalendarZone zone)
    {
        x.OpenT("MeetingTimeZone");
        x.WriteAttributeString("TimeZoneName", zone.WireId);
        x.WriteEndElement();
    }
}
