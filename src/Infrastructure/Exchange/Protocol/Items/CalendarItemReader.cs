using System.Globalization;
using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>Reads one item element, of whichever kind. Positions do not count: newer servers insert elements in the middle.</summary>
internal static class CalendarItemReader
{
    /// <summary>The items inside the current Items element.</summary>
    /// <param name="most">So many were asked for.</param>
    public static List<CalendarItem> ReadAll(EwsXmlReader xml, int most)
    {
        var items = new List<CalendarItem>();
        for (var children = xml.Children(); children.Next();)
            items.Add(items.Count < most ? Read(xml) : throw xml.Malformed($"more than the {most} items that were asked for"));
        return items;
    }

    public static ItemId ReadItemId(EwsXmlReader xml) => new(xml.RequiredId("Id"), xml.Id("ChangeKey"));

    public static CalendarItem Read(EwsXmlReader xml)
    {
        var elementName = xml.LocalName;
        ItemId? id = null;
        string? parent = null, subject = null, location = null, uid = null, startZone = null, endZone = null;
        DateTimeOffset? start = null, end = null, originalStart = null, modified = null;
        bool? allDay = null, cancelled = null;
        LegacyFreeBusyStatus? busy = null;
        Sensitivity? sensitivity = null;
        CalendarItemType? type = null;
        MyResponseType? response = null;
        int? state = null;
        bool zoneless = false, ignored = false;
        Dictionary<NamedProperty, string>? properties = null;

        for (var children = xml.Children(); children.Next();)
        {
            switch (xml.Name)
            {
                case "ItemId": id = ReadItemId(xml); break;
                case "ParentFolderId": parent = xml.RequiredId("Id"); break;
                case "Subject": subject = xml.Text(); break;
                case "Sensitivity": sensitivity = EwsEnum.Parse<Sensitivity>(xml.Text()) ?? Sensitivity.Private; break;
                case "Start": start = EwsTime.Parse(xml.Text(), ref zoneless); break;
                case "End": end = EwsTime.Parse(xml.Text(), ref zoneless); break;
                case "OriginalStart": originalStart = EwsTime.Parse(xml.Text(), ref zoneless); break;
                case "LastModifiedTime": modified = EwsTime.Parse(xml.Text(), ref ignored); break;
                case "IsAllDayEvent": allDay = xml.Boolean(); break;
                case "IsCancelled": cancelled = xml.Boolean(); break;
                case "LegacyFreeBusyStatus": busy = EwsEnum.Parse<LegacyFreeBusyStatus>(xml.Text()); break;
                case "Location": location = xml.Text(); break;
                case "CalendarItemType": type = EwsEnum.Parse<CalendarItemType>(xml.Text()); break;
                case "MyResponseType": response = EwsEnum.Parse<MyResponseType>(xml.Text()); break;
                case "UID": uid = Uid(xml.Text()); break;
                case "AppointmentState": state = Integer(xml.Text()); break;
                case "StartTimeZone": startZone = Zone(xml.Attribute("Id")) ?? startZone; break;
                case "EndTimeZone": endZone = Zone(xml.Attribute("Id")) ?? endZone; break;
                case "StartTimeZoneId": startZone ??= Zone(xml.Text()); break;
                case "EndTimeZoneId": endZone ??= Zone(xml.Text()); break;
                case "MeetingTimeZone": startZone ??= Zone(xml.Attribute("TimeZoneName")); break;
                case "ExtendedProperty":
                    if (NamedProperty.Read(xml) is var (property, value))
                        (properties ??= [])[property] = value;
                    break;
            }
        }

        var item = new CalendarItem
        {
            ItemId = id ?? throw xml.Malformed("an item lacks its ItemId"),
            ElementName = elementName,
            ParentFolderId = parent,
            Subject = subject,
            Sensitivity = sensitivity,
            Start = start,
            End = end,
            TimesWithoutZone = zoneless,
            IsAllDayEvent = allDay,
            LegacyFreeBusyStatus = busy,
            Location = location,
            IsCancelled = cancelled,
            CalendarItemType = type,
            MyResponseType = response,
            Uid = uid,
            OriginalStart = originalStart,
            LastModifiedTime = modified,
            StartTimeZoneId = startZone,
            EndTimeZoneId = endZone,
            AppointmentState = state,
        };
        return properties is null ? item : item with { ExtendedProperties = properties };
    }

    /// <summary>Whoever invites names it: one of great length is none, and spoils nothing else.</summary>
    public static string? Uid(string text) => text.Length <= EwsXmlReader.LongestId ? text : null;

    /// <summary>An empty id says nothing: another element may name the zone.</summary>
    private static string? Zone(string? id) => string.IsNullOrWhiteSpace(id) ? null : id;

    private static int? Integer(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
