using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>
/// What GetItem and FindItem are asked for: ids and an explicit list. Body and attendees are never in it; each further property
/// costs the server a store call, and bodies are where malformed content comes from.
/// </summary>
/// <param name="NamedProperties">The caller's own properties to bring along.</param>
internal sealed record CalendarItemShape(IReadOnlyList<NamedProperty> NamedProperties)
{
    private static readonly string[] Fields =
    [
        Field.ParentFolderId, Field.Subject, Field.Sensitivity, Field.LastModifiedTime,
        Field.Start, Field.End, Field.OriginalStart, Field.IsAllDayEvent, Field.LegacyFreeBusyStatus, Field.Location,
        Field.IsCancelled, Field.CalendarItemType, Field.MyResponseType, Field.Uid,
        Field.StartTimeZone, Field.EndTimeZone, Field.StartTimeZoneId, Field.EndTimeZoneId,
    ];

    // Of the fields, the one that FindItem cannot return.
    private static readonly string[] FieldsOfGetItem = [.. Fields, Field.AppointmentState, Field.MeetingTimeZone];

    // What is left to ask for of an item whose other properties the server cannot give.
    private static readonly string[] FieldsOfTime =
    [
        Field.ParentFolderId,
        Field.Sensitivity,
        Field.Start,
        Field.End,
        Field.IsAllDayEvent,
        Field.LegacyFreeBusyStatus,
        Field.CalendarItemType,
        Field.Uid,
        Field.StartTimeZone, Field.EndTimeZone, Field.StartTimeZoneId, Field.EndTimeZoneId,
    ];

    /// <summary>
    /// Only when the item is and whether it blocks time: what a server still gives of an item with broken texts. For GetItem.
    /// </summary>
    public bool TimesOnly { get; init; }

    /// <summary>For FindItem: what there is, and nothing of what it says.</summary>
    public static CalendarItemShape IdsOnly { get; } = new([]) { NamesItemsOnly = true };

    /// <summary>For FindItem: what there is, and its UID, which a server leaves out of what the caller may not see.</summary>
    public static CalendarItemShape UidsOnly { get; } = IdsOnly with { AsksForUids = true };

    private bool NamesItemsOnly { get; init; }

    private bool AsksForUids { get; init; }

    internal void WriteForGetItem(EwsXmlWriter xml) => Write(xml, TimesOnly ? FieldsOfTime : FieldsOfGetItem, NamedProperties);

    internal void WriteForFindItem(EwsXmlWriter xml) =>
        Write(xml, AsksForUids ? [Field.Uid] : NamesItemsOnly ? [] : Fields, NamedProperties);

    /// <summary>IdOnly plus those of the fields that the request's version has.</summary>
    internal static void Write(EwsXmlWriter xml, IReadOnlyList<string> fields, IReadOnlyList<NamedProperty> named)
    {
        using (xml.Message("ItemShape"))
        {
            xml.TypeText("BaseShape", "IdOnly");
            if (fields.Count + named.Count == 0)
                return;
            using (xml.Type("AdditionalProperties"))
            {
                foreach (var field in fields)
                {
                    if (xml.Version.Has(field))
                        xml.FieldUri(field);
                }
                foreach (var property in named)
                    property.WritePath(xml);
            }
        }
    }
}
