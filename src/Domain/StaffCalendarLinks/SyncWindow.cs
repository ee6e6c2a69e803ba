namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>The span that is kept the same: from one day before now to the horizon, counted in the staff member's zone.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Day">Today in the staff member's zone.</param>
public sealed record SyncWindow(DateTimeOffset Start, DateTimeOffset End, DateOnly Day)
{
    /// <summary>By so much the window slides without being read again first: by a weekend's end.</summary>
    public const int MostDaysAtOnce = 2;

    public static SyncWindow At(DateTimeOffset now, int horizonMonths, TimeZoneInfo zone) =>
        Of(CalendarZone.DayOf(now, zone), horizonMonths, zone);

    public static SyncWindow Of(DateOnly today, int horizonMonths, TimeZoneInfo zone) =>
        new(CalendarZone.StartOfDay(today.AddDays(-1), zone), CalendarZone.StartOfDay(today.AddMonths(horizonMonths), zone), today);

    /// <summary>
    /// The window of the next pass. When it would move by more than two days at once, or the clock is in doubt, it first reaches over what
    /// was read last as well, so that nothing leaves before both were read; the pass after that reads what is wanted.
    /// </summary>
    /// <param name="wanted">By the clock.</param>
    /// <param name="last">What was read whole last; null when nothing was.</param>
    /// <param name="clockIsInDoubt">It jumped within the last day.</param>
    public static SyncWindow Following(SyncWindow wanted, SyncWindow? last, bool clockIsInDoubt)
    {
        if (last is null || (!clockIsInDoubt && Math.Abs(wanted.Day.DayNumber - last.Day.DayNumber) <= MostDaysAtOnce)) return wanted;
        return wanted with
        {
            Start = last.Start < wanted.Start ? last.Start : wanted.Start,
            End = last.End > wanted.End ? last.End : wanted.End
        };
    }

    public bool Overlaps(DateTimeOffset start, DateTimeOffset end) => end > Start && start < End;
}
