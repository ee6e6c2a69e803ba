using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;

namespace CleanSync.Infrastructure.Exchange.Translation;

/// <summary>Puts Exchange's items into calendar words, and back.</summary>
internal static class CalendarItemTranslator
{
    /// <summary>Views cut texts here, GetItem does not: both paths give the same.</summary>
    private const int MaxText = 255;

    /// <summary>In place of a response code: Start or End is missing, cannot be read, or the end lies before the start.</summary>
    public const string TimesUnreadable = "TimesUnreadable";

    /// <summary>A hostile name may be as long as the answer.</summary>
    private const int LongestKind = 64;

    /// <summary>Has the children of a calendar item, and says what became of a meeting elsewhere: it takes nobody's time.</summary>
    private static readonly string[] MessagesAboutMeetings = ["MeetingCancellation", "MeetingResponse"];

    /// <summary>
    /// Whatever the element is called, what has the children of a calendar item is an event (docs/exchange.md, "Items that cannot be
    /// read"). One
    /// without times that mean something is there all the same, and nothing can be said of it.
    /// </summary>
    public static ItemReading Read(CalendarItem item, string staffZone) => item switch
    {
        _ when !IsEvent(item) => new ItemReading.NoEvent(item.ElementName.Length <= LongestKind ? item.ElementName : "an unknown kind"),
        { Start: { } start, End: { } end } when end >= start => new ItemReading.Found(Translate(item, start, end, staffZone)),
        _ => new ItemReading.Unreadable(TimesUnreadable),
    };

    /// <summary>Null for what is no event, and for one whose times cannot be read.</summary>
    public static RemoteEvent? Translate(CalendarItem item, string staffZone) => (Read(item, staffZone) as ItemReading.Found)?.Event;

    private static RemoteEvent Translate(CalendarItem item, DateTimeOffset start, DateTimeOffset end, string staffZone)
    {
        var tag = CopyProperties.Read(item.ExtendedProperties);
        var isPrivate = item.Sensitivity is not (null or Sensitivity.Normal);
        return new RemoteEvent
        {
            ItemId = item.ItemId.Id,
            ChangeKey = item.ItemId.ChangeKey ?? "",
            Type = Type(item.CalendarItemType),
            Uid = item.Uid,
            OriginalStart = item.OriginalStart,
            Times = Times(item, start, end, staffZone),
            Title = Cut(item.Subject),
            Location = Cut(item.Location),
            FreeBusy = Status(item.LegacyFreeBusyStatus),
            IsPrivate = isPrivate,
            IsWithheld = tag is null && item.Uid is null && (isPrivate || item.ParentFolderId is null),
            IsCancelled = item.IsCancelled == true || ((item.AppointmentState ?? 0) & 4) != 0,
            MyResponse = Response(item.MyResponseType),
            HasAttendees = ((item.AppointmentState ?? 0) & 1) != 0,
            Tag = tag,
        };
    }

    private static bool IsEvent(CalendarItem item) => item.ElementName == "CalendarItem"
        || (!MessagesAboutMeetings.Contains(item.ElementName)
            && item is not { Start: null, End: null, CalendarItemType: null, LegacyFreeBusyStatus: null });

    public static RemoteItemType Type(CalendarItemType? type) => type switch
    {
        CalendarItemType.Occurrence => RemoteItemType.Occurrence,
        CalendarItemType.Exception => RemoteItemType.Exception,
        CalendarItemType.RecurringMaster => RemoteItemType.SeriesMaster,
        _ => RemoteItemType.Single,
    };

    /// <summary>
    /// Instants with the zone's Windows id. An all-day event goes as midnights of the zone that is named, which need not have the rules of
    /// the one that was meant: of any other time Exchange would make a day more. Where the version names no zone, the item has UTC, in
    /// which it was made, or the one that its owner's Outlook gave it: then the part of the days goes that has these dates in both
    /// (docs/exchange.md, "All-day events").
    /// </summary>
    public static CalendarItemTimes Times(EventTimes times, ExchangeServerVersion version, string staffZone)
    {
        var zone = CalendarZone.WindowsId(times.TimeZone);
        if (times is not { FirstDay: { } first, EndDay: { } end }) return new CalendarItemTimes(times.Start, times.End, zone, zone, false);
        string[] zones = version.Has(Field.StartTimeZone) ? [zone] : ["UTC", staffZone];
        var days = zones.Select(z => EventTimes.AllDay(first, end, z)).ToList();
        return new CalendarItemTimes(days.Max(d => d.Start), days.Min(d => d.End), zone, zone, true);
    }

    private static EventTimes Times(CalendarItem item, DateTimeOffset start, DateTimeOffset end, string staffZone)
    {
        var ownZone = CalendarZone.Find(item.StartTimeZoneId) is null ? staffZone : item.StartTimeZoneId!;
        return item.IsAllDayEvent == true
            ? AllDayReading.Read(start, end, ownZone, item.EndTimeZoneId, staffZone)
            : EventTimes.Timed(start, end, ownZone);
    }

    private static FreeBusy Status(LegacyFreeBusyStatus? status) => status switch
    {
        LegacyFreeBusyStatus.Free => FreeBusy.Free,
        LegacyFreeBusyStatus.Tentative => FreeBusy.Tentative,
        LegacyFreeBusyStatus.OOF => FreeBusy.OutOfOffice,
        LegacyFreeBusyStatus.WorkingElsewhere => FreeBusy.WorkingElsewhere,
        _ => FreeBusy.Busy,
    };

    private static MeetingResponse Response(MyResponseType? response) => response switch
    {
        MyResponseType.Organizer => MeetingResponse.Organizer,
        MyResponseType.NoResponseReceived => MeetingResponse.NotResponded,
        MyResponseType.Accept => MeetingResponse.Accepted,
        MyResponseType.Tentative => MeetingResponse.Tentative,
        MyResponseType.Decline => MeetingResponse.Declined,
        _ => MeetingResponse.None,
    };

    private static string Cut(string? text)
    {
        var whole = text ?? "";
        if (whole.Length <= MaxText) return whole;
        return whole[..(char.IsHighSurrogate(whole[MaxText - 1]) ? MaxText - 1 : MaxText)];
    }
}
