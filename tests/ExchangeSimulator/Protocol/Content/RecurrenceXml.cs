using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.ExchangeSimulator.Protocol.Content;

/// <summary>Recurrence on the wire: pattern, range, and the lists of changed and deleted occurrences.</summary>
internal static class RecurrenceXml
{
    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames;

    public static Series Read(XElement recurrence)
    {
        var (pattern, range) = (recurrence.Elements().First(), recurrence.Elements().Last());
        return new Series(ReadPattern(pattern), new RecurrenceRange(
            WireTime.ReadDate(Text(range, "StartDate")!),
            Text(range, "EndDate") is { } end ? WireTime.ReadDate(end) : null,
            Text(range, "NumberOfOccurrences") is { } count ? Number(count, 1, 999) : null));
    }

    public static void Write(XmlWriter x, CalendarEntry e, ItemView v)
    {
        if (e.Series is not { } series || e.Slot is not null) return;
        x.OpenT("Recurrence");
        WritePattern(x, series.Pattern, v.Call.Version);
        var zone = e.Fields.StartZone;
        x.OpenT(series.Range switch
        { { Count: not null } => "NumberedRecurrence", { EndDate: not null } => "EndDateRecurrence",
            _ => "NoEndRecurrence"
        });
        x.TypeText("StartDate", WireTime.Write(series.Range.StartDate, zone));
        if (series.Range.Count is { } count) x.TypeText("NumberOfOccurrences", count.Wire());
        else if (series.Range.EndDate is { } end) x.TypeText("EndDate", WireTime.Write(end, zone));
        x.WriteEndElement();
        x.WriteEndElement();
    }

    public static void WriteFirst(XmlWriter x, CalendarEntry e, ItemView v)
    {
        if (e.Slot is not null) return;
        var first = e.Series?.Slots().Where(s => !e.Series.Deleted.Contains(s.Date)).Select(s => (Slot?)s).FirstOrDefault();
        if (first is { } slot) WriteOccurrence(x, "FirstOccurrence", e, slot.Date, v);
    }

    public static void WriteLast(XmlWriter x, CalendarEntry e, ItemView v)
    {
        if (e.Slot is null && e.Series?.LastSlot() is { } slot) WriteOccurrence(x, "LastOccurrence", e, slot.Date, v);
    }

    public static void WriteModified(XmlWriter x, CalendarEntry e, ItemView v)
    {
        if (e.Slot is not null || e.Series is not { Exceptions.IsEmpty: false } series) return;
        x.OpenT("ModifiedOccurrences");
        foreach (var slot in series.Exceptions.Keys) WriteOccurrence(x, "Occurrence", e, slot, v);
        x.WriteEndElement();
    }

    public static void WriteDeleted(XmlWriter x, CalendarEntry e, ItemView v)
    {
        if (e.Slot is not null || e.Series is not { Deleted.IsEmpty: false } series) return;
        x.OpenT("DeletedOccurrences");
        foreach (var slot in series.Deleted)
        {
            x.OpenT("DeletedOccurrence");
            x.TypeText("Start", v.Time(Series.OriginalStart(e.Fields, slot)));
            x.WriteEndElement();
        }
        x.WriteEndElement();
    }

    private static void WriteOccurrence(
        XmlWriter x,
        string element,
        CalendarEntry master,
        DateOnly slot,
        ItemView v)
    {
        var fields = master.Series!.Occurrence(master.Fields, slot);
        x.OpenT(element);
        x.Id("ItemId", WireIds.Occurrence(master.ItemId, slot), master.ChangeKey);
        x.TypeText("Start", v.Time(fields.Start));
        x.TypeText("End", v.Time(fields.End));
        x.TypeText("OriginalStart", v.Time(Series.OriginalStart(master.Fields, slot)));
        x.WriteEndElement();
    }

    private static RecurrencePattern ReadPattern(XElement p) => p.Name.LocalName switch
    {
        "DailyRecurrence" => new DailyPattern(Number(Text(p, "Interval")!, 1, 999)),
        "WeeklyRecurrence" =>
            new WeeklyPattern(
                Number(Text(p, "Interval")!, 1, 99),
                Days(Text(p, "DaysOfWeek")!),
                Enum.Parse<DayOfWeek>(Text(p, "FirstDayOfWeek") ?? "Sunday")),
        "AbsoluteMonthlyRecurrence" => new MonthlyPattern(Number(Text(p, "Interval")!, 1, 99), Number(Text(p, "DayOfMonth")!, 1, 31)),
        "RelativeMonthlyRecurrence" =>
            new RelativeMonthlyPattern(Number(Text(p, "Interval")!, 1, 99), Text(p, "DaysOfWeek")!, Text(p, "DayOfWeekIndex")!),
        "AbsoluteYearlyRecurrence" => new YearlyPattern(Number(Text(p, "DayOfMonth")!, 1, 31), Month(Text(p, "Month")!)),
        _ => new RelativeYearlyPattern(Text(p, "DaysOfWeek")!, Text(p, "DayOfWeekIndex")!, Month(Text(p, "Month")!)),
    };

    private static void WritePattern(XmlWriter x, RecurrencePattern pattern, ExchangeVersion version)
    {
        x.OpenT(pattern switch
        {
            DailyPattern => "DailyRecurrence",
            WeeklyPattern => "WeeklyRecurrence",
            MonthlyPattern => "AbsoluteMonthlyRecurrence",
            RelativeMonthlyPattern => "RelativeMonthlyRecurrence",
            YearlyPattern => "AbsoluteYearlyRecurrence",
            _ => "RelativeYearlyRecurrence",
        });
        switch (pattern)
        {
            case DailyPattern p:
                x.TypeText("Interval", p.Interval.Wire());
                break;
            case WeeklyPattern p:
                x.TypeText("Interval", p.Interval.Wire());
                x.TypeText("DaysOfWeek", string.Join(' ', p.Days));
                if (version >= ExchangeVersion.Exchange2010_SP1) x.TypeText("FirstDayOfWeek", p.FirstDayOfWeek.ToString());
                break;
            case MonthlyPattern p:
                x.TypeText("Interval", p.Interval.Wire());
                x.TypeText("DayOfMonth", p.DayOfMonth.Wire());
                break;
            case RelativeMonthlyPattern p:
                x.TypeText("Interval", p.Interval.Wire());
                x.TypeText("DaysOfWeek", p.DaysOfWeek);
                x.TypeText("DayOfWeekIndex", p.Index);
                break;
            case YearlyPattern p:
                x.TypeText("DayOfMonth", p.DayOfMonth.Wire());
                x.TypeText("Month", Months[p.Month - 1]);
                break;
            case RelativeYearlyPattern p:
                x.TypeText("DaysOfWeek", p.DaysOfWeek);
                x.TypeText("DayOfWeekIndex", p.Index);
                x.TypeText("Month", Months[p.Month - 1]);
                break;
        }
        x.WriteEndElement();
    }

    private static ImmutableSortedSet<DayOfWeek> Days(string text)
    {
        var names = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (names.Any(n => !Enum.TryParse<DayOfWeek>(n, out _)))
            throw new EwsRefusedException(
                "ErrorCalendarInvalidDayForWeeklyRecurrence", "Day, Weekday and WeekendDay are not days of a weekly recurrence.");
        return [.. names.Select(Enum.Parse<DayOfWeek>)];
    }

    private static int Month(string name) => Array.IndexOf(Months, name) + 1;

    private static int Number(string text, int min, int max) =>
        int.Parse(text, CultureInfo.InvariantCulture) is var n && n >= min && n <= max
            ? n
            : throw new EwsRefusedException("ErrorCalendarInvalidRecurrence", "The recurrence is not valid.");

    private static string? Text(XElement parent, string name) => parent.Element(Ns.T + name)?.Value;
}
