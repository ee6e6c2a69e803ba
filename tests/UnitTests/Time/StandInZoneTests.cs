using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.SyncedEvents.Copies;
using Xunit;

namespace CleanSync.UnitTests.Time;

/// <summary>
/// Under which zone something is written where the server does not know its own: the times stay, on every day that it lasts.
/// </summary>
public sealed class StandInZoneTests
{
    private static readonly DateTimeOffset Nine = new(2026, 7, 6, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Sixth = new(2026, 7, 6);

    [Theory]
    [InlineData("Asia/Qyzylorda", "West Asia Standard Time")]
    [InlineData("Africa/Juba", "South Africa Standard Time")]
    [InlineData("Europe/Volgograd", "Arab Standard Time")]
    [InlineData("America/Whitehorse", "US Mountain Standard Time")]
    public void It_is_one_of_the_same_offsets_that_every_Windows_has(string zone, string standIn)
    {
        Assert.Equal([standIn, "UTC"], StandInZones.For(EventTimes.Timed(Nine, Nine.AddHours(1), zone)));
        Assert.Equal([standIn], StandInZones.For(EventTimes.AllDay(Sixth, Sixth.AddDays(1), zone)));
    }

    [Theory]
    [InlineData("Pacific/Marquesas")]
    [InlineData("Pacific/Chatham")]
    [InlineData("Australia/Eucla")]
    public void Where_there_is_none_a_timed_event_goes_under_UTC_and_an_all_day_one_under_no_other(string zone)
    {
        Assert.Equal(["UTC"], StandInZones.For(EventTimes.Timed(Nine, Nine.AddHours(1), zone)));
        Assert.Empty(StandInZones.For(EventTimes.AllDay(Sixth, Sixth.AddDays(1), zone)));
    }

    [Fact]
    public void A_change_of_the_clocks_within_the_event_counts() =>
        Assert.DoesNotContain("Arab Standard Time",
            StandInZones.For(EventTimes.AllDay(new DateOnly(2026, 10, 20), new DateOnly(2026, 10, 28), "Europe/Athens")));

    [Fact]
    public void What_every_server_knows_gets_no_other_zone_of_its_own_name() =>
        Assert.DoesNotContain("W. Europe Standard Time", StandInZones.For(EventTimes.AllDay(Sixth, Sixth.AddDays(1), "Europe/Berlin")));

    [Fact]
    public void In_every_zone_of_the_system_the_days_are_the_same_instants_under_what_stands_in()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones().Where(z => CalendarZone.Find(z.Id) is not null))
        {
            foreach (var day in new[] { Sixth, new DateOnly(2026, 1, 6), new DateOnly(2026, 3, 28), new DateOnly(2026, 10, 24) })
            {
                var meant = EventTimes.AllDay(day, day.AddDays(3), zone.Id);
                Assert.All(StandInZones.For(meant), standIn =>
                {
                    var written = meant.Under(standIn);
                    Assert.Equal((meant.Start, meant.End, meant.FirstDay, meant.EndDay),
                        (written.Start, written.End, written.FirstDay, written.EndDay));
                });
            }
        }
    }
}
