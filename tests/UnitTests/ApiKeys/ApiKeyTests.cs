using CleanSync.Domain.ApiKeys;
using Xunit;

namespace CleanSync.UnitTests.ApiKeys;

public sealed class ApiKeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly KeyText Text = KeyText.Of([.. Enumerable.Range(0, KeyText.RandomLength).Select(i => (byte)i)]);

    [Fact]
    public void A_key_shows_where_it_is_from_and_holds_256_random_bits()
    {
        Assert.Equal("cleansync_000102030405", Text.Lookup);
        Assert.Equal("cleansync_000102030405_BgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCU", Text.Text);
    }

    [Fact]
    public void What_is_read_back_is_the_same_key()
    {
        var read = KeyText.Read(Text.Text)!;
        Assert.Equal((Text.Lookup, Convert.ToHexString(Text.Hash)), (read.Lookup, Convert.ToHexString(read.Hash)));
        Assert.True(Key().Fits(read));
    }

    [Fact]
    public void A_key_that_differs_in_one_letter_does_not_fit() => Assert.False(Key().Fits(KeyText.Read(Text.Text[..^1] + "V")!));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cleansync_000102030405")]
    [InlineData("cleansync_000102030405_BgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCU=")]
    [InlineData("Cleansync_000102030405_BgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCU")]
    [InlineData("cleansync_000102030405_BgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCü")]
    public void What_cannot_be_a_key_is_none(string? text) => Assert.Null(KeyText.Read(text));

    [Fact]
    public void A_key_does_not_print_itself() => Assert.DoesNotContain(Text.Text, $"{Text} {Key()}", StringComparison.Ordinal);

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void A_key_is_usable_until_its_end(int secondsToItsEnd, bool usable) =>
        Assert.Equal(usable, (Key() with { ExpiresAt = Now.AddSeconds(secondsToItsEnd) }).IsUsable(Now));

    [Fact]
    public void A_revoked_key_stays_revoked_since_the_first_time()
    {
        var revoked = Key().Revoked(Now);
        Assert.False(revoked.IsUsable(Now));
        Assert.Same(revoked, revoked.Revoked(Now.AddDays(1)));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void A_use_is_worth_a_write_once_an_hour(int minutes, bool expected)
    {
        Assert.True(Key().IsUseToNote(Now));
        Assert.Equal(expected, (Key() with { LastUsedAt = Now }).IsUseToNote(Now.AddMinutes(minutes)));
    }

    private static ApiKey Key() =>
        new() { Id = Guid.Empty, Lookup = Text.Lookup, Hash = Text.Hash, Name = "test", Role = Role.Admin, CreatedAt = Now };
}
