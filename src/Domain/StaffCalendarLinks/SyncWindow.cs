namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>The span that is kept the same: from one day before now to the horizon, counted in the staff member's zone.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Day">Today in the staff member's zone.</param>
public sealed record SyncWindow(DateTimeOffset Start, DateTimeOffset End, DateOnly Day)
{
    public static SyncWindow At(DateTimeOffset now, int horizonMonths, TimeZoneInfo zone) =>
        Of(CalendarZone.DayOf(now, zone), horizonMonths, zone);

    public static SyncWindow Of(DateOnly today, int horizonMonths, TimeZoneInfo zone) =>
        new(CalendarZone.StartOfDay(today.AddDays(-1), zone), CalendarZone.StartOfDay(today.AddMonths(horizonMonths), zone), today);

    public bool Overlaps(DateTimeOffset start, DateTimeOffset end) => end > Start && start < End;
}
