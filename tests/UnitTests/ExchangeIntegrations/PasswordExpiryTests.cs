using CleanSync.Domain.ExchangeIntegrations;
using Xunit;

namespace CleanSync.UnitTests.ExchangeIntegrations;

public sealed class PasswordExpiryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(14.1, null)]
    [InlineData(14, 14)]
    [InlineData(7.1, 14)]
    [InlineData(7, 7)]
    [InlineData(1.1, 7)]
    [InlineData(1, 1)]
    [InlineData(0.1, 1)]
    [InlineData(0, 0)]
    [InlineData(-3, 0)]
    public void The_threshold_is_the_nearest_that_is_reached(double daysLeft, int? expected) =>
        Assert.Equal(expected, PasswordExpiry.On(Now.AddDays(daysLeft), Now).NoticedAt(Now).Notice);

    [Fact]
    public void Each_threshold_is_news_once_and_a_new_password_begins_anew()
    {
        var expiry = PasswordExpiry.On(Now.AddDays(20), Now);
        var (news, before) = (new List<int?>(), expiry);
        for (var hour = 0; hour < 24 * 25; hour += 6)
        {
            var after = before.NoticedAt(Now.AddHours(hour));
            if (after.IsNewsAfter(before)) news.Add(after.Notice);
            before = after;
        }

        Assert.Equal([14, 7, 1, 0], news);
        Assert.True(PasswordExpiry.On(Now.AddDays(5), Now).NoticedAt(Now).IsNewsAfter(before));
        Assert.Null(PasswordExpiry.Never(Now).NoticedAt(Now).Notice);
    }
}
