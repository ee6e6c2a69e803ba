using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Translation;
using Xunit;

namespace CleanSync.UnitTests.Time;

/// <summary>Whatever an item says of its zone, it is read: timed events keep their instants, all-day events their dates.</summary>
public sealed class ZoneReadingTests
{
    private static readonly string[] Staff = ["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu", "UTC"];

    public static TheoryData<string> KnownIds =>
        [.. Zones.WindowsIds, "Europe/Berlin", "America/Indiana/Indianapolis", "Asia/Calcutta", "Etc/GMT+12", "Pacific/Kiritimati", "GMT"];

    public static TheoryData<string?> UnknownIds => new((string?[])
    [
        null,
        "",
        " ",
        "Customized Time Zone",
        "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
        "(GMT-05.00) Eastern Time (US & Canada)",
        "Mitteleuropäische Zeit",
        "西ヨーロッパ標準時",
        "tzone://Microsoft/Custom",
        "tzone://Microsoft/Utc",
        "Kamchatka Standard Time",
        "Mid-Atlantic Standard Time",
        "../../../etc/hostname", "/", "Europe", "a\0b", "\ud800", new string('Z', 10_000), "UTC+01:00", "+01:00",
    ]);

    [Theory]
    [MemberData(nameof(KnownIds))]
    public void An_item_of_a_known_zone_is_read_in_it_whatever_the_staff_members_own(string id)
    {
        var zone = CalendarZone.Find(id);
        Assert.NotNull(zone);
        foreach (var day in Zones.TellingDays(zone))
        {
            foreach (var staffZone in Staff)
            {
                foreach (var length in new[] { 1, 3, 40 })
                {
                    var (start, end) = (Zones.FirstInstantOf(day, zone), Zones.FirstInstantOf(day.AddDays(length), zone));
                    var allDay = Read(start, end, id, true, staffZone);
                    Assert.Equal(
                        (day, day.AddDays(length), start, end, id),
                        (allDay.FirstDay, allDay.EndDay, allDay.Start, allDay.End, allDay.TimeZone));
                    var timed = Read(start.AddMinutes(95), end.AddMinutes(-5), id, false, staffZone);
                    Assert.Equal(
                        (start.AddMinutes(95), end.AddMinutes(-5), id, null), (timed.Start, timed.End, timed.TimeZone, timed.FirstDay));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(UnknownIds))]
    public void An_item_of_an_unknown_zone_is_read_in_the_staff_members(string? id)
    {
        foreach (var staffZone in Staff)
        {
            var zone = CalendarZone.FindOrUtc(staffZone);
            foreach (var day in Zones.TellingDays(zone))
            {
                var (start, end) = (Zones.FirstInstantOf(day, zone), Zones.FirstInstantOf(day.AddDays(2), zone));
                var allDay = Read(start, end, id, true, staffZone);
                Assert.Equal(
                    (day, day.AddDays(2), start, end, staffZone),
                    (allDay.FirstDay, allDay.EndDay, allDay.Start, allDay.End, allDay.TimeZone));
                var timed = Read(start.AddMinutes(95), end.AddMinutes(-5), id, false, staffZone);
                Assert.Equal((start.AddMinutes(95), end.AddMinutes(-5), staffZone), (timed.Start, timed.End, timed.TimeZone));
            }
        }
    }

    [Theory]
    [InlineData("localtime")]
    [InlineData("LocalTime")]
    [InlineData("posixrules")]
    [InlineData("Factory")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("right/Europe/Berlin")]
    public void A_file_of_the_zone_folder_that_names_no_place_is_no_zone(string id)
    {
        Assert.Null(CalendarZone.Find(id));
        var start = new DateTimeOffset(2026, 7, 5, 22, 0, 0, TimeSpan.Zero);
        Assert.Equal("Europe/Berlin", Read(start, start.AddDays(1), id, true, "Europe/Berlin").TimeZone);
    }

    [Theory]
    [InlineData("Pacific Standard Time", 8)]
    [InlineData("Pacific Standard Time", 6)]
    [InlineData("W. Europe Standard Time", 23)]
    public void An_all_day_event_an_hour_beside_the_midnights_of_its_zone_is_of_that_date_for_rules_change(string id, int hour)
    {
        var start = new DateTimeOffset(2026, 7, hour > 12 ? 5 : 6, hour, 0, 0, TimeSpan.Zero);
        foreach (var staffZone in Staff)
        {
            if (CalendarZone.DayThatBeginsAt(start, CalendarZone.FindOrUtc(staffZone)) is not null) continue;
            var times = Read(start, start.AddDays(1), id, true, staffZone);
            Assert.Equal((new DateOnly(2026, 7, 6), new DateOnly(2026, 7, 7)), (times.FirstDay, times.EndDay));
        }
    }

    private static EventTimes Read(
        DateTimeOffset start,
        DateTimeOffset end,
        string? zone,
        bool allDay,
        string staffZone) =>
        CalendarItemTranslator.Translate(
        new CalendarItem
        {
            ItemId = new ItemId("AAMk", "Dw"),
            ElementName = "CalendarItem",
            Start = start.ToUniversalTime(),
            End = end.ToUniversalTime(),
            IsAllDayEvent = allDay,
            StartTimeZoneId = zone,
            EndTimeZoneId = zone,
        },
        staffZone)!.Times;
}
