using System.Globalization;
using CleanSync.ExchangeSimulator.Mailboxes;

namespace CleanSync.ExchangeSimulator.Protocol.Content.ICalendar;

/// <summary>
/// A VTIMEZONE as Exchange writes it: under the Windows id, with the yearly rule that holds at a date, from 1601 on. A zone without
/// daylight saving in that year has two parts alike.
/// </summary>
internal static class ZoneLines
{
    public static IEnumerable<string> Of(CalendarZone zone, DateTimeOffset at)
    {
        var year = zone.Local(at).Year;
        var changes = Changes(zone, year);
        var (start, end) = (changes.Find(c => c.To > c.From), changes.Find(c => c.To < c.From));
        var offset = zone.Local(at).Offset;
        string[] parts = start is null || end is null || changes.Count != 2
            ? [.. Part("STANDARD", offset, offset), .. Part("DAYLIGHT", offset, offset)]
            :
            [
                .. Part("STANDARD", end.From, end.To, Rule(zone, end), end.At),
                .. Part("DAYLIGHT", start.From, start.To, Rule(zone, start), start.At),
            ];
        return ["BEGIN:VTIMEZONE", $"TZID:{zone.WireId}", .. parts, "END:VTIMEZONE"];
    }

    /// <summary>The two letters of a day of the week.</summary>
    public static string Day(DayOfWeek day) => day.ToString()[..2].ToUpperInvariant();

    /// <summary>When the offset changes in that year, on the wall clock before the change.</summary>
    private static List<Change> Changes(CalendarZone zone, int year)
    {
        var changes = new List<Change>();
        var step = TimeSpan.FromMinutes(15);
        var end = new DateTimeOffset(year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var day = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero); day < end; day = day.AddDays(1))
        {
            var before = zone.Local(day).Offset;
            if (zone.Local(day.AddDays(1)).Offset == before) continue;
            var at = day;
            while (zone.Local(at).Offset == before) at += step;
            changes.Add(new Change((at + before).DateTime, before, zone.Local(at).Offset));
        }
        return changes;
    }

    /// <summary>The last such day of the month where the year after has it so too, else the n-th.</summary>
    private static string Rule(CalendarZone zone, Change change)
    {
        var week = ((change.At.Day - 1) / 7) + 1;
        var isLast = change.IsLast && Changes(zone, change.At.Year + 1).Find(c => c.At.Month == change.At.Month) is not { IsLast: false };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY={(isLast ? -1 : week)}{Day(change.At.DayOfWeek)};BYMONTH={change.At.Month}");
    }

    private static IEnumerable<string> Part(
        string name,
        TimeSpan from,
        TimeSpan to,
        string? rule = null,
        DateTime? at = null)
    {
        yield return "BEGIN:" + name;
        yield return $"DTSTART:16010101T{(at ?? default).ToString("HHmmss", CultureInfo.InvariantCulture)}";
        yield return "TZOFFSETFROM:" + Offset(from);
        yield return "TZOFFSETTO:" + Offset(to);
        if (rule is not null) yield return rule;
        yield return "END:" + name;
    }

    private static string Offset(TimeSpan offset) =>
        (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hhmm", CultureInfo.InvariantCulture);

    private sealed record Change(DateTime At, TimeSpan From, TimeSpan To)
    {
        public bool IsLast => At.AddDays(7).Month != At.Month;
    }
}
