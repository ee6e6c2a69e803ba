using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure.Exchange.Protocol;
using CleanSync.Infrastructure.Exchange.Protocol.Items;
using CleanSync.Infrastructure.Exchange.Translation;
using Xunit;

namespace CleanSync.UnitTests.Time;

/// <summary>The zone that goes on the wire has the offsets that were meant; where none has, the instants are right all the same.</summary>
public sealed class ZoneWritingTests
{
    private const string NoWindowsId = "no Windows zone was ever made for it; its name on the wire is UTC";
    private const string OldTable = "its rules changed after the table of Windows ids was made; a newer ICU maps it right";

    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["America/Ciudad_Juarez"] = NoWindowsId,
        ["America/Coyhaique"] = NoWindowsId,
        ["Antarctica/Troll"] = NoWindowsId,
        ["America/Mazatlan"] = OldTable,
        ["America/Ojinaga"] = OldTable,
        ["America/Scoresbysund"] = OldTable,
        ["Antarctica/Casey"] = OldTable,
        ["Asia/Bishkek"] = OldTable,
        ["Asia/Urumqi"] = OldTable,
        ["Indian/Chagos"] = OldTable,
    };

    [Fact]
    public void Every_zone_of_the_system_goes_on_the_wire_as_a_Windows_zone_of_the_same_offsets_but_for_those_that_are_known()
    {
        var others = new List<string>();
        foreach (var zone in Zones.OfTheSystem)
        {
            var wire = CalendarZone.WindowsId(zone.Id);
            Assert.True(TimeZoneInfo.TryConvertWindowsIdToIanaId(wire, out _), $"{zone.Id} goes out as {wire}, which is no Windows id.");
            if (Zones.FirstDifference(zone, CalendarZone.Find(wire)!) is { } at && !Exceptions.ContainsKey(zone.Id))
                others.Add($"{zone.Id} goes out as {wire} and differs from {at:u} on");
        }

        Assert.Empty(others);
    }

    [Theory]
    [InlineData("Asia/Calcutta", "India Standard Time")]
    [InlineData("US/Eastern", "Eastern Standard Time")]
    [InlineData("europe/berlin", "W. Europe Standard Time")]
    [InlineData("w. europe standard time", "W. Europe Standard Time")]
    [InlineData("W. Europe Standard Time", "W. Europe Standard Time")]
    [InlineData("Customized Time Zone", "UTC")]
    [InlineData("", "UTC")]
    [InlineData(null, "UTC")]
    public void Old_names_other_cases_and_Windows_ids_are_understood(string? id, string wire) =>
        Assert.Equal(wire, CalendarZone.WindowsId(id));

    [Fact]
    public void Timed_events_keep_their_instants_in_every_zone_of_the_system()
    {
        foreach (var zone in Zones.OfTheSystem)
        {
            foreach (var day in Zones.TellingDays(zone))
            {
                var start = Zones.FirstInstantOf(day, zone).AddMinutes(135);
                var written = CalendarItemTranslator.Times(
                    EventTimes.Timed(start, start.AddHours(26), zone.Id), ExchangeServerVersion.Exchange2016, "Asia/Tokyo");
                Assert.Equal((start, start.AddHours(26), false), (written.Start, written.End, written.IsAllDayEvent));
            }
        }
    }

    [Fact]
    public void All_day_events_go_out_as_midnights_of_the_zone_that_is_named_and_come_back_as_the_same_dates()
    {
        foreach (var zone in Zones.OfTheSystem)
        {
            foreach (var day in Zones.TellingDays(zone))
            {
                var written = CalendarItemTranslator.Times(
                    EventTimes.AllDay(day, day.AddDays(2), zone.Id), ExchangeServerVersion.Exchange2016, "Asia/Tokyo");
                var named = CalendarZone.Find(written.StartTimeZoneId)!;
                Assert.True(
                    written.Start == Zones.FirstInstantOf(day, named) && written.End == Zones.FirstInstantOf(day.AddDays(2), named),
                    $"{day:o} of {zone.Id} goes out as {written.Start:u} to {written.End:u} in {named.Id}: Exchange would make more days of it.");
                var read = AllDayReading.Read(written.Start, written.End, written.StartTimeZoneId, written.EndTimeZoneId, zone.Id);
                Assert.Equal((day, day.AddDays(2)), (read.FirstDay, read.EndDay));
            }
        }
    }

    [Fact]
    public void In_2007_an_all_day_event_has_the_same_dates_whether_Exchange_widens_it_in_UTC_or_in_the_staff_members_zone()
    {
        foreach (var zone in Zones.OfTheSystem)
        {
            foreach (var day in Zones.TellingDays(zone))
            {
                foreach (var length in new[] { 1, 2, 40 })
                {
                    var written = CalendarItemTranslator.Times(
                        EventTimes.AllDay(day, day.AddDays(length), "Asia/Tokyo"), ExchangeServerVersion.Exchange2007_SP1, zone.Id);
                    foreach (var item in new[] { TimeZoneInfo.Utc, zone })
                    {
                        var (start, end) = Widened(written, item);
                        Assert.Equal((day, day.AddDays(length)), (start, end));
                        var read = AllDayReading.Read(
                            Zones.FirstInstantOf(start, item), Zones.FirstInstantOf(end, item), zone.Id, null, zone.Id);
                        Assert.Equal((day, day.AddDays(length)), (read.FirstDay, read.EndDay));
                    }
                }
            }
        }
    }

    /// <summary>Start goes down to its midnight in the item's zone, End up.</summary>
    private static (DateOnly Start, DateOnly End) Widened(CalendarItemTimes times, TimeZoneInfo zone)
    {
        DateOnly Date(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        return (Date(times.Start), Date(times.End.AddSeconds(-1)).AddDays(1));
    }
}
