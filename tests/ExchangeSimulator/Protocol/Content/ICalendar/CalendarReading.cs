using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Content.ICalendar;

/// <summary>
/// What MIME content says of an item. The first VEVENT counts, and of it a single event: a rule is refused. Who organises it and who takes
/// part is not read.
/// </summary>
internal static class CalendarReading
{
    private static readonly string[] Forms = ["yyyyMMdd'T'HHmmss", "yyyyMMdd"];

    public static EventFields Read(EventFields fields, XElement mime, ReadContext context)
    {
        var lines = Event(mime);
        string? Word(string name) => lines.Find(l => l.Name == name)?.Value.Trim().ToUpperInvariant();
        string? Text(string name) => lines.Find(l => l.Name == name)?.Text;
        if (Word("RRULE") is not null)
            throw new EwsRefusedException("ErrorMimeContentConversionFailed", "The simulator reads single events only.");
        var start = lines.Find(l => l.Name == "DTSTART") ?? throw Invalid("The event has no start.");
        var (begins, startZone) = Time(start, context.StartFallback);
        var (ends, endZone) = lines.Find(l => l.Name == "DTEND") is { } end
            ? Time(end, context.EndFallback)
            : (begins + Length(start, Word("DURATION")), startZone);
        return fields with
        {
            Subject = Text("SUMMARY") ?? "",
            Location = Text("LOCATION") is { Length: > 0 } place ? place : null,
            Body = Text("DESCRIPTION"),
            BodyType = "Text",
            Categories = [.. lines.Where(l => l.Name == "CATEGORIES").SelectMany(l => l.Value.Split(',')).Select(c => c.Trim())],
            Start = begins,
            End = ends,
            StartZone = startZone,
            EndZone = endZone,
            IsAllDay = IsDate(start) || Word("X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE",
            Sensitivity = Words.SensitivityOf(Word("CLASS")),
            Importance = Words.ImportanceOf(Word("PRIORITY")),
            FreeBusy = Words.FreeBusyOf(Word("X-MICROSOFT-CDO-BUSYSTATUS"), Word("TRANSP"), Word("STATUS")),
            ReminderIsSet = Word("TRIGGER") is not null,
            ReminderMinutesBeforeStart = Word("TRIGGER") is { } trigger
                ? -(int)Duration(trigger).TotalMinutes
                : fields.ReminderMinutesBeforeStart,
        };
    }

    public static string? Uid(XElement? mime) => mime is null ? null : Event(mime).Find(l => l.Name == "UID")?.Text;

    private static List<ContentLine> Event(XElement mime)
    {
        var bytes = new byte[mime.Value.Length];
        if (!Convert.TryFromBase64String(mime.Value.Trim(), bytes, out var length))
            throw new EwsRefusedException("ErrorMimeContentInvalidBase64String", "The MIME content is not a valid base64 string.");
        var lines = ContentLine.Read(Encoding.UTF8.GetString(bytes, 0, length)).ToList();
        if (lines.FirstOrDefault() is not { Name: "BEGIN", Value: "VCALENDAR" }) throw Invalid("The MIME content is no calendar.");
        var begin = lines.FindIndex(l => l is { Name: "BEGIN", Value: "VEVENT" });
        var end = lines.FindIndex(l => l is { Name: "END", Value: "VEVENT" });
        return begin >= 0 && end > begin ? lines[begin..end] : throw Invalid("The calendar holds no event.");
    }

    private static (DateTimeOffset Instant, CalendarZone Zone) Time(ContentLine line, CalendarZone otherwise)
    {
        var isUtc = line.Value.EndsWith('Z');
        var zone = isUtc ? CalendarZone.Utc : line.Parameters.GetValueOrDefault("TZID") is { } id ? Zone(id) : otherwise;
        var text = line.Value.Trim().TrimEnd('Z');
        return DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (zone.Instant(time), zone)
            : throw Invalid($"The time of {line.Name} cannot be read.");
    }

    /// <summary>Under its Windows id, whatever it is called in the text.</summary>
    private static CalendarZone Zone(string id) => EwsCall.Zone(EwsCall.Zone(id).WireId);

    private static bool IsDate(ContentLine line) => line.Parameters.GetValueOrDefault("VALUE") == "DATE";

    /// <summary>How long an event without an end takes.</summary>
    private static TimeSpan Length(ContentLine start, string? duration) =>
        duration is not null ? Duration(duration) : IsDate(start) ? TimeSpan.FromDays(1) : TimeSpan.Zero;

    private static TimeSpan Duration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text.TrimStart('+'));
        }
        catch (FormatException)
        {
            throw Invalid("A duration cannot be read.");
        }
    }

    private static EwsRefusedException Invalid(string message) => new("ErrorMimeContentInvalid", message);
}
