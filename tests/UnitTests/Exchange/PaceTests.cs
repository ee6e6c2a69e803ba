using CleanSync.Domain.StaffCalendarLinks;
using Xunit;

namespace CleanSync.UnitTests.Exchange;

public sealed class PaceTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 6, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30), Longest = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(0, 30)]
    [InlineData(300, 30)]
    [InlineData(1200, 120)]
    [InlineData(3000, 300)]
    [InlineData(864_000, 300)]
    [InlineData(null, 300)]
    public void A_calendar_is_asked_after_a_tenth_of_its_quiet_time_within_the_limits(int? quietSeconds, int expected) =>
        Assert.Equal(
            expected,
            new PollPace(Shortest, Longest, 0).Interval(quietSeconds is { } quiet ? Now.AddSeconds(-quiet) : null, Now).TotalSeconds);

    [Theory]
    [InlineData(0.5, 285)]
    [InlineData(1, 270)]
    public void Chance_takes_off_up_to_a_tenth_and_never_adds(double jitter, int expected) =>
        Assert.Equal(expected, new PollPace(Shortest, Longest, jitter).Interval(null, Now).TotalSeconds);

    [Fact]
    public void With_equal_limits_every_calendar_keeps_the_same_interval() =>
        Assert.Equal(Shortest, new PollPace(Shortest, Shortest, 0).Interval(Now.AddDays(-9), Now));

    [Theory]
    [InlineData(3, 48, 3600)]
    [InlineData(4, 23.9, 3600)]
    [InlineData(4, 24, 86_400)]
    [InlineData(40, 240, 86_400)]
    public void What_a_person_must_mend_is_confirmed_five_times_over_a_day_and_then_asked_for_daily(
        int failuresBefore,
        double hours,
        int seconds) =>
        Assert.Equal(seconds, LinkRestPolicy.Pause(TimeSpan.FromHours(1), true, failuresBefore, Now.AddHours(-hours), Now).TotalSeconds);

    [Fact]
    public void What_passes_by_itself_keeps_its_growing_pause() =>
        Assert.Equal(TimeSpan.FromHours(1), LinkRestPolicy.Pause(TimeSpan.FromHours(1), false, 100, Now.AddDays(-9), Now));
}
