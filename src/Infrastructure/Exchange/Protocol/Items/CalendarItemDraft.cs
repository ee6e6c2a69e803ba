using CleanSync.Infrastructure.Exchange.Protocol.Xml;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>A calendar item to create: a single appointment without attendees, so that Exchange never mails anybody.</summary>
internal sealed record CalendarItemDraft
{
    public required string Subject { get; init; }

    public required CalendarItemTimes Times { get; init; }

    public Sensitivity Sensitivity { get; init; }

    /// <summary>Plain text.</summary>
    public string? Body { get; init; }

    /// <summary>Always written: an item created without it may get the mailbox's default reminder.</summary>
    public bool ReminderIsSet { get; init; }

    public int? ReminderMinutesBeforeStart { get; init; }

    public LegacyFreeBusyStatus LegacyFreeBusyStatus { get; init; } = LegacyFreeBusyStatus.Busy;

    public string? Location { get; init; }

    /// <summary>The iCalendar identity; null to let Exchange give one.</summary>
    public string? Uid { get; init; }

    public IReadOnlyDictionary<NamedProperty, string>? ExtendedProperties { get; init; }

    internal void Write(EwsXmlWriter xml)
    {
        var fields = new CalendarItemUpdate
        {
            Subject = Subject,
            Sensitivity = Sensitivity,
            Body = Body,
            ReminderIsSet = ReminderIsSet,
            ReminderMinutesBeforeStart = ReminderMinutesBeforeStart,
            ExtendedProperties = ExtendedProperties,
            Uid = Uid,
            Times = Times,
            LegacyFreeBusyStatus = LegacyFreeBusyStatus,
            Location = Location,
        };
        using (xml.Type("CalendarItem"))
        {
            foreach (var field in fields.Changes(xml.Version))
                field.WriteElement(xml);
        }
    }
}
