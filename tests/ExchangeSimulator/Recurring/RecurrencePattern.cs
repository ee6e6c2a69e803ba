using System.Collections.Immutable;

namespace CleanSync.ExchangeSimulator.Recurring;

/// <summary>On which dates a series takes place, endlessly, from a first date on.</summary>
public abstract record RecurrencePattern
{
    /// <summary>The dates of the pattern in order, none before <paramref name="from"/>, without an end.</summary>
    public abstract IEnumerable<DateOnly> Dates(DateOnly from);

    private protected static IEnumerable<DateOnly> Months(DateOnly from, int interval, Func<int, int, DateOnly> dayOf)
    {
        for (var month = new DateOnly(from.Year, from.Month, 1); month.Year < 4500; month = month.AddMonths(interval))
            if (dayOf(month.Year, month.Month) is var date && date >= from) yield return date;
    }

    private protected static DateOnly DayIn(int year, int month, int day) =>
        new(year, month, Math.Min(day, DateTime.DaysInMonth(year, month)));
}

public sealed record DailyPattern(int Interval) : RecurrencePattern
{
    public override IEnumerable<DateOnly> Dates(DateOnly from)
    {
        for (var date = from; date.Year < 4500; date = date.AddDays(Interval)) yield return date;
    }
}

public sealed record WeeklyPattern(
    int Interval,
    ImmutableSortedSet<DayOfWeek> Days,
    DayOfWeek FirstDayOfWeek = DayOfWeek.Sunday) : RecurrencePattern
{
    public override IEnumerable<DateOnly> Dates(DateOnly from)
    {
        var back = ((int)from.DayOfWeek - (int)FirstDayOfWeek + 7) % 7;
        for (var week = from.AddDays(-back); week.Year < 4500; week = week.AddDays(7 * Interval))
            for (var day = week; day < week.AddDays(7); day = day.AddDays(1))
                if (day >= from && Days.Contains(day.DayOfWeek)) yield return day;
    }
}

public sealed record MonthlyPattern(int Interval, int DayOfMonth) : RecurrencePattern
{
    public override IEnumerable<DateOnly> Dates(DateOnly from) => Months(from, Interval, (y, m) => DayIn(y, m, DayOfMonth));
}

public sealed record RelativeMonthlyPattern(int Interval, string DaysOfWeek, string Index) : RecurrencePattern
{
    public override IEnumerable<DateOnly> Dates(DateOnly from) => Months(from, Interval, (y, m) => NthDay.In(y, m, DaysOfWeek, Index));
}

public sealed record YearlyPattern(int DayOfMonth, int Month) : RecurrencePattern
{
    public override IEnumerable<DateOnly> Dates(DateOnly from) =>
        Months(new DateOnly(from.Year, Month, 1), 12, (y, m) => DayIn(y, m, DayOfMonth)).Where(d => d >= from);
}

public sealed record RelativeYearlyPattern(string DaysOfWeek, string Index, int Month) : RecurrencePattern
{
    public override IEnumerable<DateOnly> Dates(DateOnly from) =>
        Months(new DateOnly(from.Year, Month, 1), 12, (y, m) => NthDay.In(y, m, DaysOfWeek, Index)).Where(d => d >= from);
}

/// <summary>First Monday, last weekday and the like.</summary>
internal static class NthDay
{
    private static readonly string[] Indexes = ["First", "Second", "Third", "Fourth"];

    public static DateOnly In(int year, int month, string days, string index)
    {
        var matching = Enumerable.Range(1, DateTime.DaysInMonth(year, month))
            .Select(d => new DateOnly(year, month, d)).Where(d => Matches(d.DayOfWeek, days)).ToList();
        return index == "Last" ? matching[^1] : matching[Array.IndexOf(Indexes, index)];
    }

    private static bool Matches(DayOfWeek day, string days) => days switch
    {
        "Day" => true,
        "Weekday" => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
        "WeekendDay" => day is DayOfWeek.Saturday or DayOfWeek.Sunday,
        _ => day.ToString() == days,
    };
}
