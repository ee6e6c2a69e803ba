using CleanSync.Domain.StaffCalendarLinks;
using Xunit;

namespace CleanSync.UnitTests.Time;

public sealed class StartOfDayTests
{
    [Fact]
    public void In_every_zone_of_the_system_a_day_begins_at_its_first_instant_and_is_found_there()
    {
        var checkedDays = 0;
        foreach (var zone in Zones.OfTheSystem)
        {
            foreach (var day in Zones.TellingDays(zone))
            {
                var first = Zones.FirstInstantOf(day, zone);
                Assert.True(CalendarZone.StartOfDay(day, zone) == first, $"{day:o} in {zone.Id} begins at {first:u}");
                Assert.True(CalendarZone.DayThatBeginsAt(first, zone) == day, $"{first:u} in {zone.Id} begins {day:o}");
                checkedDays++;
            }
        }

        Assert.True(checkedDays > 2000, $"Only {checkedDays} days were looked at.");
    }

    [Theory]
    [InlineData("Cuba Standard Time", "2026-11-01", 4)]
    [InlineData("Azores Standard Time", "2026-10-25", 0)]
    public void A_day_with_two_midnights_begins_at_the_first_but_is_found_at_either(string zoneId, string date, int firstHour)
    {
        var zone = CalendarZone.FindOrUtc(zoneId);
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var first = new DateTimeOffset(day, new TimeOnly(firstHour, 0), TimeSpan.Zero);
        Assert.Equal(first, CalendarZone.StartOfDay(day, zone));
        Assert.Equal(day, CalendarZone.DayThatBeginsAt(first, zone));
        Assert.Equal(day, CalendarZone.DayThatBeginsAt(first.AddHours(1), zone));
    }

    [Fact]
    public void No_day_begins_at_any_other_time()
    {
        var berlin = CalendarZone.FindOrUtc("Europe/Berlin");
        var midnight = CalendarZone.StartOfDay(new DateOnly(2026, 3, 29), berlin);
        for (var later = midnight + Zones.Quarter; later < midnight.AddHours(23); later += Zones.Quarter)
        {
            Assert.Null(CalendarZone.DayThatBeginsAt(later, berlin));
        }
    }
}
