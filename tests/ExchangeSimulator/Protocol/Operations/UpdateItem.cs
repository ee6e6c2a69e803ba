using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Protocol.Content;
using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.ExchangeSimulator.Protocol.Operations;

internal sealed class UpdateItem : EwsOperation
{
    private static readonly string[] ZonesFirst = ["calendar:MeetingTimeZone", "calendar:StartTimeZone", "calendar:EndTimeZone"];

    public override string Name => "UpdateItem";

    public override Action<XmlWriter> WhenRefused => XmlWriting.EmptyItems;

    public override void Answer(XElement request, EwsCall call, ResponseWriter response) =>
        response.Each(request.Element(Ns.M + "ItemChanges")!.Elements(), change => Update(request, change, call), WhenRefused);

    private static Action<XmlWriter> Update(XElement request, XElement change, EwsCall call)
    {
        if (request.Attribute("SendMeetingInvitationsOrCancellations") is not { } sending)
            throw new EwsRefusedException(
                "ErrorSendMeetingInvitationsOrCancellationsRequired",
                "SendMeetingInvitationsOrCancellations attribute is required for calendar items.");
        var id = change.Elements().First();
        var entry = call.Entry(id);
        var mailbox = entry.Folder.Mailbox;
        lock (mailbox.Gate)
        {
            entry = call.Entry(id);
            var own = string.Equals(entry.Creator, call.Actor, StringComparison.OrdinalIgnoreCase);
            if (!call.LevelOn(entry.Folder).Edits(own)) throw EwsRefusedException.AccessDenied();
            if (entry.FolderName == "deleteditems" && sending.Value != "SendToNone")
                throw new EwsRefusedException("ErrorCalendarCannotUpdateDeletedItem", "The calendar item is in Deleted Items.");
            CheckChangeKey(id.Attribute("ChangeKey")?.Value, request.Attribute("ConflictResolution")!.Value, entry);
            call.RefuseUnknownZones(change);
            var updates = change.Element(Ns.T + "Updates")!
                .Elements()
                .OrderBy(u => Array.IndexOf(ZonesFirst, Uri(u)) is >= 0 and var at ? at : ZonesFirst.Length)
                .ToList();
            entry = mailbox.Edit(entry, call.Actor, fields => Apply(fields, updates, call), Recurrence(entry, updates));
            return xml =>
            {
                xml.ItemIdOnly(entry);
                xml.OpenM("ConflictResults");
                xml.TypeText("Count", "0");
                xml.WriteEndElement();
            };
        }
    }

    internal static void CheckChangeKey(string? key, string resolution, CalendarEntry entry)
    {
        if (string.IsNullOrEmpty(key))
        {
            if (resolution == "AlwaysOverwrite") return;
            throw new EwsRefusedException("ErrorChangeKeyRequiredForWriteOperations", "A change key is required for this operation.");
        }
        if (WireIds.ChangeNumber(key) is not { } number)
            throw new EwsRefusedException("ErrorInvalidChangeKey", "The change key is invalid.");
        if (number > entry.ChangeNumber) throw new EwsRefusedException("ErrorStaleObject", "The change key is not one of this item.");
        if (number != entry.ChangeNumber && resolution == "NeverOverwrite")
            throw new EwsRefusedException(
                "ErrorIrresolvableConflict",
                "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.");
    }

    private static EventFields Apply(EventFields fields, List<XElement> updates, EwsCall call)
    {
        var context = Context(updates, call);
        foreach (var update in updates)
        {
            var path = update.Elements().First();
            var value = update.Name.LocalName == "DeleteItemField" ? null : OnlyProperty(update);
            if (path.Name.LocalName == "ExtendedFieldURI")
            {
                var definition = ExtendedPropertyXml.Definition(path);
                if (value is null)
                {
                    fields = fields with { Extended = fields.Extended.Remove(definition) };
                    continue;
                }
                if (value.Name.LocalName != "ExtendedProperty"
                    || ExtendedPropertyXml.Definition(value.Element(Ns.T + "ExtendedFieldURI")!) != definition) throw Mismatch();
                fields = ExtendedPropertyXml.Set(fields, value);
                continue;
            }
            var uri = Uri(update)!;
            if (uri == "calendar:Recurrence") continue;
            var property = ItemProperties.Find(uri);
            if (value is null)
            {
                fields =
                    (property?.Clear ?? throw new EwsRefusedException("ErrorInvalidPropertyDelete",
                        $"Delete action is invalid for property {uri}."))(fields);
                continue;
            }
            if (uri.Split(':')[1] != value.Name.LocalName) throw Mismatch();
            if (update.Name.LocalName == "AppendToItemField" && uri != "item:Body")
                throw new EwsRefusedException("ErrorInvalidPropertyAppend", $"Append action is invalid for property {uri}.");
            var before = fields.Body;
            fields =
                (property?.Read ?? throw new EwsRefusedException("ErrorInvalidPropertySet",
                    $"Set action is invalid for property {uri}."))(fields, value, context);
            if (update.Name.LocalName == "AppendToItemField") fields = fields with { Body = before + fields.Body };
        }
        return fields;
    }

    /// <summary>A time without suffix is read in the zone that the same change names, else in the context's.</summary>
    private static ReadContext Context(List<XElement> updates, EwsCall call)
    {
        CalendarZone? Named(string uri) =>
            updates.FirstOrDefault(u => Uri(u) == uri)?
                .Elements()
                .ElementAtOrDefault(1)?
                .Elements()
                .FirstOrDefault()?
                .Attribute("Id")?.Value is { } id
                ? EwsCall.Zone(id)
                : null;
        var otherwise = call.ContextZone ?? CalendarZone.Utc;
        return new ReadContext(Named("calendar:StartTimeZone") ?? otherwise, Named("calendar:EndTimeZone") ?? otherwise);
    }

    /// <summary>How the change alters the recurrence: null for not at all.</summary>
    private static Func<Series?, Series?>? Recurrence(CalendarEntry entry, List<XElement> updates)
    {
        if (updates.FirstOrDefault(u => Uri(u) == "calendar:Recurrence") is not { } update) return null;
        if (entry.Slot is not null)
            throw new EwsRefusedException("ErrorCalendarCannotUseIdForOccurrenceId", "The recurrence belongs to the master.");
        if (update.Name.LocalName == "DeleteItemField") return _ => null;
        var series = RecurrenceXml.Read(OnlyProperty(update));
        return _ => series;
    }

    private static XElement OnlyProperty(XElement update)
    {
        var properties = update.Elements().ElementAt(1).Elements().ToList();
        return properties.Count == 1
            ? properties[0]
            : throw new EwsRefusedException(
                "ErrorIncorrectUpdatePropertyCount",
                "An object within a change description must contain one and only one property to modify.");
    }

    private static string? Uri(XElement update) => update.Elements().First().Attribute("FieldURI")?.Value;

    private static EwsRefusedException Mismatch() =>
        new("ErrorUpdatePropertyMismatch", "The property in the change does not match its path.");
}
