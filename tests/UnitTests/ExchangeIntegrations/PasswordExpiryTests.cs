using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.UnitTests.ExchangeIntegrations;

public sealed class PasswordExpiryTests(TemporarySqlite db) : IClassFixture<TemporarySqlite>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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

    [Fact]
    public async Task What_is_known_is_kept_beside_the_integration_and_is_of_this_very_password_only()
    {
        var saved = Sample.Integration();
        await db.Integrations.Save(saved, Ct);
        var read = (await db.Integrations.Find(saved.Id, Ct))!;
        var expiry = PasswordExpiry.On(Now.AddDays(6), Now).NoticedAt(Now);
        await new PasswordExpiryNotes(db.Store).Keep(read, expiry, Ct);
        var noted = (await db.Integrations.Find(saved.Id, Ct))!;
        Assert.Equal((expiry, read.Version), (noted.PasswordExpiry, noted.Version));

        Assert.False((await db.Integrations.Save(read.WithPassword([1, 2, 3]), Ct)).IsRefused);
        Assert.Equal(PasswordExpiry.NotRead, (await db.Integrations.Find(saved.Id, Ct))!.PasswordExpiry);
    }
}
