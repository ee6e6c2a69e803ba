using System.Globalization;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Content.ICalendar;

/// <summary>The MIME content of a calendar item, which is iCalendar: a series with its exceptions and the days that it skips.</summary>
internal static class CalendarText
{
    private const string Second = "yyyyMMdd'T'HHmmss";
    private const string Unanswered = "PARTSTAT=NEEDS-ACTION;RSVP=TRUE";

    public static string Of(CalendarEntry entry)
    {
        var zone = entry.Fields.StartZone;
        var isMaster = entry.Type == CalendarItemType.RecurringMaster;
        List<string> lines =
        [
            "BEGIN:VCALENDAR", "METHOD:PUBLISH", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0",
            .. ZoneLines.Of(zone, entry.Fields.Start),
            .. entry.Fields.EndZone == zone ? [] : ZoneLines.Of(entry.Fields.EndZone, entry.Fields.End),
            .. Event(entry, entry.Fields, isMaster ? [RuleLines.Of(entry.Series!, entry.Fields), .. Skipped(entry)] : []),
        ];
        if (isMaster)
            foreach (var (slot, fields) in entry.Series!.Exceptions)
                lines.AddRange(Event(entry, fields, [Slot("RECURRENCE-ID", entry, slot)]));
        return ContentLine.Fold([.. lines, "END:VCALENDAR"]);
    }

    private static IEnumerable<string> Event(CalendarEntry entry, EventFields fields, IEnumerable<string> recurring)
    {
        yield return "BEGIN:VEVENT";
        var owner = new Participant(entry.Folder.Mailbox.DisplayName, entry.Folder.Mailbox.SmtpAddress);
        if (fields.IsMeeting) yield return Person("ORGANIZER", fields.Organizer ?? owner);
        foreach (var attendee in fields.RequiredAttendees) yield return Person("ATTENDEE;ROLE=REQ-PARTICIPANT;" + Unanswered, attendee);
        foreach (var attendee in fields.OptionalAttendees) yield return Person("ATTENDEE;ROLE=OPT-PARTICIPANT;" + Unanswered, attendee);
        if (fields.Body is { } body) yield return "DESCRIPTION;LANGUAGE=en-US:" + ContentLine.Escaped(body);
        foreach (var line in recurring) yield return line;
        yield return "UID:" + ContentLine.Escaped(entry.Uid);
        yield return "SUMMARY;LANGUAGE=en-US:" + ContentLine.Escaped(fields.Subject);
        yield return Time("DTSTART", fields.Start, fields.StartZone, fields.IsAllDay);
        yield return Time("DTEND", fields.End, fields.EndZone, fields.IsAllDay);
        yield return "CLASS:" + Words.Class(fields.Sensitivity);
        yield return "PRIORITY:" + Words.Priority(fields.Importance);
        yield return $"DTSTAMP:{entry.Modified.UtcDateTime.ToString(Second, CultureInfo.InvariantCulture)}Z";
        yield return "TRANSP:" + (fields.FreeBusy == FreeBusy.Free ? "TRANSPARENT" : "OPAQUE");
        yield return "STATUS:" + (fields.IsCancelled ? "CANCELLED" : fields.FreeBusy == FreeBusy.Tentative ? "TENTATIVE" : "CONFIRMED");
        yield return "SEQUENCE:0";
        if (fields.Location is { } place) yield return "LOCATION;LANGUAGE=en-US:" + ContentLine.Escaped(place);
        if (!fields.Categories.IsEmpty) yield return "CATEGORIES:" + string.Join(',', fields.Categories.Select(ContentLine.Escaped));
        yield return "X-MICROSOFT-CDO-BUSYSTATUS:" + Words.Busy(fields.FreeBusy);
        yield return "X-MICROSOFT-CDO-ALLDAYEVENT:" + (fields.IsAllDay ? "TRUE" : "FALSE");
        foreach (var line in fields.ReminderIsSet ? Alarm(fields.ReminderMinutesBeforeStart) : []) yield return line;
        yield return "END:VEVENT";
    }

    private static string[] Alarm(int minutes) =>
        ["BEGIN:VALARM", "DESCRIPTION:REMINDER", $"TRIGGER;RELATED=START:-PT{minutes.Wire()}M", "ACTION:DISPLAY", "END:VALARM"];

    private static IEnumerable<string> Skipped(CalendarEntry entry) => entry.Series!.Deleted.Select(slot => Slot("EXDATE", entry, slot));

    private static string Slot(string name, CalendarEntry entry, DateOnly slot) =>
        Time(name, Recurring.Series.OriginalStart(entry.Fields, slot), entry.Fields.StartZone, entry.Fields.IsAllDay);

    private static string Person(string name, Participant person) =>
        $"{name};CN=\"{person.Name.Replace("\"", "'", StringComparison.Ordinal)}\":MAILTO:{person.Address}";

    private static string Time(string name, DateTimeOffset instant, CalendarZone zone, bool isDate)
    {
        var local = zone.Local(instant);
        return isDate
            ? $"{name};VALUE=DATE:{local.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}"
            : $"{name};TZID={zone.WireId}:{local.ToString(Second, CultureInfo.InvariantCulture)}";
    }
}
