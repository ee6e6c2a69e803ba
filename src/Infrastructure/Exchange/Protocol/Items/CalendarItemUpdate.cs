using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>
/// When an item takes place: instants, and the Windows ids of the zones that they were meant in. One value, because Exchange refuses a new
/// Start without its zone, and a new zone alone moves the instant. An all-day event begins and ends at midnights of the zone.
/// </summary>
internal sealed record CalendarItemTimes(
    DateTimeOffset Start,
    DateTimeOffset End,
    string StartTimeZoneId,
    string EndTimeZoneId,
    bool IsAllDayEvent);

/// <summary>The fields to change; null leaves a field alone, an empty text removes it.</summary>
internal sealed record CalendarItemUpdate
{
    public string? Subject { get; init; }

    public Sensitivity? Sensitivity { get; init; }

    /// <summary>Plain text.</summary>
    public string? Body { get; init; }

    public bool? ReminderIsSet { get; init; }

    public int? ReminderMinutesBeforeStart { get; init; }

    public IReadOnlyDictionary<NamedProperty, string>? ExtendedProperties { get; init; }

    /// <summary>Only of an item that is created: Exchange does not change it afterwards.</summary>
    public string? Uid { get; init; }

    public CalendarItemTimes? Times { get; init; }

    public LegacyFreeBusyStatus? LegacyFreeBusyStatus { get; init; }

    public string? Location { get; init; }

    /// <summary>The changes in the schema's element order, without what the version lacks.</summary>
    internal IEnumerable<FieldChange> Changes(ExchangeServerVersion version)
    {
        if (Subject is { } subject)
            yield return FieldChange.Text(Field.Subject, "Subject", subject);
        if (Sensitivity is { } sensitivity)
            yield return new(Field.Sensitivity, xml => xml.TypeText("Sensitivity", sensitivity.ToString()));
        if (Body is { } body)
            yield return body.Length == 0 ? FieldChange.Remove(Field.Body) : new(Field.Body, xml => WriteBody(xml, body));
        if (ReminderIsSet is { } reminder)
            yield return new(Field.ReminderIsSet, xml => xml.TypeText("ReminderIsSet", reminder));
        if (ReminderMinutesBeforeStart is { } minutes)
            yield return new(Field.ReminderMinutesBeforeStart, xml => xml.TypeText("ReminderMinutesBeforeStart", minutes));
        foreach (var (property, value) in ExtendedProperties ?? new Dictionary<NamedProperty, string>())
            yield return new(property, xml => property.WriteValue(xml, value));
        if (Uid is { } uid)
            yield return new(Field.Uid, xml => xml.TypeText("UID", uid));
        if (Times is { } times)
        {
            yield return new(Field.Start, xml => xml.TypeText("Start", times.Start));
            yield return new(Field.End, xml => xml.TypeText("End", times.End));
            yield return new(Field.IsAllDayEvent, xml => xml.TypeText("IsAllDayEvent", times.IsAllDayEvent));
        }
        if (LegacyFreeBusyStatus is { } status)
            yield return new(Field.LegacyFreeBusyStatus, xml => xml.TypeText("LegacyFreeBusyStatus", Known(status, version).ToString()));
        if (Location is { } location)
            yield return FieldChange.Text(Field.Location, "Location", location);
        if (Times is { } zones && version.Has(Field.StartTimeZone) && version.Has(Field.EndTimeZone))
        {
            yield return new(Field.StartTimeZone, xml => WriteZone(xml, "StartTimeZone", zones.StartTimeZoneId));
            yield return new(Field.EndTimeZone, xml => WriteZone(xml, "EndTimeZone", zones.EndTimeZoneId));
        }
    }

    private static void WriteBody(EwsXmlWriter xml, string text)
    {
        using (xml.Type("Body"))
        {
            xml.Attribute("BodyType", "Text");
            xml.Text(text);
        }
    }

    // The id alone: the server has the rules, and self-made ones broke for zones without daylight saving (OfficeDev/ews-managed-api#74).
    private static void WriteZone(EwsXmlWriter xml, string name, string windowsId)
    {
        using (xml.Type(name))
            xml.Attribute("Id", windowsId);
    }

    // Before 2013 clients show such time as free.
    private static LegacyFreeBusyStatus Known(LegacyFreeBusyStatus status, ExchangeServerVersion version) =>
        status == Items.LegacyFreeBusyStatus.WorkingElsewhere && !version.Has(nameof(Items.LegacyFreeBusyStatus.WorkingElsewhere))
            ? Items.LegacyFreeBusyStatus.Free
            : status;
}
