using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Application.Syncing.Passes;

/// <summary>Which window a pass reads, by a clock that may have jumped.</summary>
internal sealed class PassWindow(IClockTrust clock, TimeProvider time)
{
    public async Task<SyncWindow> Of(OpenCalendar calendar, StaffCalendarLink link, CancellationToken ct)
    {
        var zone = CalendarZone.FindOrUtc(calendar.TimeZone);
        var wanted = SyncWindow.At(time.GetUtcNow(), calendar.Settings.HorizonMonths, zone);
        return SyncWindow.Following(wanted, Last(link, zone), !await clock.MayTrim(ct));
    }

    private static SyncWindow? Last(StaffCalendarLink link, TimeZoneInfo zone) =>
        link is { WindowReadOn: { } day, WindowEnd: { } end }
            ? new SyncWindow(link.WindowStart ?? CalendarZone.StartOfDay(day.AddDays(-1), zone), end, day)
            : null;
}
