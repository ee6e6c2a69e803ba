using System.Globalization;
using CleanSync.ExchangeSimulator.Mailboxes;
using CleanSync.ExchangeSimulator.Recurring;

namespace CleanSync.ExchangeSimulator.Protocol.Content.ICalendar;

/// <summary>The RRULE of a series.</summary>
internal static class RuleLines
{
    private static readonly string[] Indexes = ["First", "Second", "Third", "Fourth"];

    public static string Of(Series series, EventFields master)
    {
        var end = series.Range switch
        {
            { Count: { } count } => string.Create(CultureInfo.InvariantCulture, $";COUNT={count}"),
            // UNTIL is the start of the last occurrence, in UTC: RFC 5545, 3.3.10.
            { EndDate: { } last } => $";UNTIL={Series.OriginalStart(master, last).UtcDateTime:yyyyMMdd'T'HHmmss'Z'}",
            _ => "",
        };
        return "RRULE:" + Pattern(series.Pattern) + end;
    }

    private static string Pattern(RecurrencePattern pattern) => pattern switch
    {
        DailyPattern p => Text($"FREQ=DAILY;INTERVAL={p.Interval}"),
        WeeklyPattern p => Text($"FREQ=WEEKLY;INTERVAL={p.Interval};BYDAY={string.Join(',', p.Days.Select(ZoneLines.Day))}")
            + ";WKST=" + ZoneLines.Day(p.FirstDayOfWeek),
        MonthlyPattern p => Text($"FREQ=MONTHLY;INTERVAL={p.Interval};BYMONTHDAY={p.DayOfMonth}"),
        RelativeMonthlyPattern p => Text($"FREQ=MONTHLY;INTERVAL={p.Interval};BYDAY={Days(p.DaysOfWeek)};BYSETPOS={Place(p.Index)}"),
        YearlyPattern p => Text($"FREQ=YEARLY;INTERVAL=1;BYMONTHDAY={p.DayOfMonth};BYMONTH={p.Month}"),
        RelativeYearlyPattern p => Text($"FREQ=YEARLY;INTERVAL=1;BYDAY={Days(p.DaysOfWeek)};BYSETPOS={Place(p.Index)};BYMONTH={p.Month}"),
        _ => throw new ArgumentOutOfRangeException(nameof(pattern)),
    };

    private static string Days(string days) => days switch
    {
        "Day" => "SU,MO,TU,WE,TH,FR,SA",
        "Weekday" => "MO,TU,WE,TH,FR",
        "WeekendDay" => "SU,SA",
        _ => ZoneLines.Day(Enum.Parse<DayOfWeek>(days)),
    };

    private static int Place(string index) => index == "Last" ? -1 : Array.IndexOf(Indexes, index) + 1;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
