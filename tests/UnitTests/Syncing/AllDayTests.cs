using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure.Exchange.Translation;
using Xunit;

namespace CleanSync.UnitTests.Syncing;

public sealed class AllDayTests
{
    [Fact]
    public void The_sixth_of_July_in_Berlin_is_the_sixth_although_it_begins_on_the_fifth_in_UTC()
    {
        var times = AllDayReading.Read(Utc(2026, 7, 5, 22), Utc(2026, 7, 6, 22), "W. Europe Standard Time", null, "UTC");
        Assert.Equal((new DateOnly(2026, 7, 6), new DateOnly(2026, 7, 7)), (times.FirstDay, times.EndDay));
    }

    [Fact]
    public void An_all_day_event_of_an_unknown_zone_is_read_in_the_staff_members()
    {
        var times = AllDayReading.Read(Utc(2026, 7, 5, 22), Utc(2026, 7, 6, 22), "UTC", null, "Europe/Berlin");
        Assert.Equal((new DateOnly(2026, 7, 6), "Europe/Berlin"), (times.FirstDay, times.TimeZone));
    }

    [Fact]
    public void Times_that_are_midnight_nowhere_are_rounded_to_the_nearest_days_and_last_one_at_least()
    {
        var times = AllDayReading.Read(Utc(2026, 7, 6, 9), Utc(2026, 7, 6, 10), "Asia/Tokyo", null, "Europe/Berlin");
        Assert.Equal((new DateOnly(2026, 7, 6), new DateOnly(2026, 7, 7)), (times.FirstDay, times.EndDay));
    }

    [Fact]
    public void A_day_without_a_midnight_begins_at_its_first_valid_instant()
    {
        var santiago = CalendarZone.FindOrUtc("America/Santiago");
        var day = Enumerable.Range(0, 366)
            .Select(i => new DateOnly(2026, 1, 1).AddDays(i))
            .First(d => santiago.IsInvalidTime(d.ToDateTime(TimeOnly.MinValue)));
        Assert.Equal(day, CalendarZone.DayThatBeginsAt(CalendarZone.StartOfDay(day, santiago), santiago));
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-07-01", 24)]
    public void A_day_at_a_clock_change_has_23_or_25_hours(string date, int hours)
    {
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var times = EventTimes.AllDay(day, day.AddDays(1), "Europe/Berlin");
        Assert.Equal(TimeSpan.FromHours(hours), times.End - times.Start);
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);
}
