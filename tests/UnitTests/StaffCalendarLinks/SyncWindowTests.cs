using CleanSync.Domain.StaffCalendarLinks;
using Xunit;

namespace CleanSync.UnitTests.StaffCalendarLinks;

public sealed class SyncWindowTests
{
    private static readonly DateOnly Day = new(2026, 7, 6);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-2)]
    public void A_day_or_two_the_window_slides(int days) =>
        Assert.Equal(Of(days), SyncWindow.Following(Of(days), Of(0), clockIsInDoubt: false));

    [Theory]
    [InlineData(3, false)]
    [InlineData(730, false)]
    [InlineData(-3, false)]
    [InlineData(1, true)]
    [InlineData(-730, true)]
    public void Moved_further_or_by_a_clock_in_doubt_it_first_reaches_over_both(int days, bool inDoubt)
    {
        var window = SyncWindow.Following(Of(days), Of(0), inDoubt);
        Assert.Equal((Of(Math.Min(days, 0)).Start, Of(Math.Max(days, 0)).End, Of(days).Day), (window.Start, window.End, window.Day));
        Assert.Equal(Of(days), SyncWindow.Following(Of(days), window, clockIsInDoubt: false));
        Assert.Equal(window, SyncWindow.Following(Of(days), window, clockIsInDoubt: true));
    }

    [Fact]
    public void The_first_window_is_as_the_clock_says() => Assert.Equal(Of(5), SyncWindow.Following(Of(5), null, clockIsInDoubt: true));

    private static SyncWindow Of(int days) => SyncWindow.Of(Day.AddDays(days), 12, TimeZoneInfo.Utc);
}
