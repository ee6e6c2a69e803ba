namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

internal enum CalendarItemType { Single, Occurrence, Exception, RecurringMaster }

/// <summary>Free time does not block; WorkingElsewhere exists from Exchange 2013; NoData is only read.</summary>
internal enum LegacyFreeBusyStatus { Free, Tentative, Busy, OOF, WorkingElsewhere, NoData }

internal enum Sensitivity { Normal, Personal, Private, Confidential }

/// <summary>The owner's answer to a meeting. Plain appointments say Unknown or Organizer.</summary>
internal enum MyResponseType { Unknown, Organizer, Tentative, Accept, Decline, NoResponseReceived }

/// <summary>
/// What GetItem or FindItem told of an item. Everything but the id may be missing: absence is no error, and an unknown enumeration
/// value or an unreadable date reads as null. Texts from FindItem are cut at 255 characters, those from GetItem are whole.
/// </summary>
internal sealed record CalendarItem
{
    public required ItemId ItemId { get; init; }

    /// <summary>The item element's name. A calendar folder may hold others than CalendarItem, such as MeetingRequest.</summary>
    public required string ElementName { get; init; }

    public string? ParentFolderId { get; init; }

    public string? Subject { get; init; }

    /// <summary>A word that this client does not know reads as Private.</summary>
    public Sensitivity? Sensitivity { get; init; }

    /// <summary>In UTC, as are all instants here.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Start, End or OriginalStart came without Z or offset, against the documentation, and was taken as UTC.</summary>
    public bool TimesWithoutZone { get; init; }

    /// <summary>Then Start and End are midnights in the zone of creation, which need not be the reader's.</summary>
    public bool? IsAllDayEvent { get; init; }

    public LegacyFreeBusyStatus? LegacyFreeBusyStatus { get; init; }

    public string? Location { get; init; }

    public bool? IsCancelled { get; init; }

    /// <summary>Decides what recurs; IsRecurring is false on the organiser's own masters and is not asked for.</summary>
    public CalendarItemType? CalendarItemType { get; init; }

    public MyResponseType? MyResponseType { get; init; }

    /// <summary>iCalendar identity, shared by the occurrences of a series and by the copies of a meeting.</summary>
    public string? Uid { get; init; }

    /// <summary>The slot of an occurrence in the pattern of its series.</summary>
    public DateTimeOffset? OriginalStart { get; init; }

    public DateTimeOffset? LastModifiedTime { get; init; }

    /// <summary>Raw text: a Windows id as a rule, but IANA ids, display names and <c>Customized Time Zone</c> occur.</summary>
    public string? StartTimeZoneId { get; init; }

    /// <inheritdoc cref="StartTimeZoneId"/>
    public string? EndTimeZoneId { get; init; }

    /// <summary>Flags: 1 meeting, 2 received, 4 cancelled.</summary>
    public int? AppointmentState { get; init; }

    public IReadOnlyDictionary<NamedProperty, string> ExtendedProperties { get; init; } = NoProperties;

    private static IReadOnlyDictionary<NamedProperty, string> NoProperties { get; } =
        System.Collections.ObjectModel.ReadOnlyDictionary<NamedProperty, string>.Empty;
}
