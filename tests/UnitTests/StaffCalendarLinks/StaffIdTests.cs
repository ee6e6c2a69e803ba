using CleanSync.Domain.StaffCalendarLinks.Accounts;
using Xunit;

namespace CleanSync.UnitTests.StaffCalendarLinks;

public class StaffIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Özil, Mesut")]
    [InlineData("安娜")]
    [InlineData("staff-1@contoso.example")]
    [InlineData("...")]
    [InlineData("😀")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    public void A_staff_id_is_of_visible_characters(string id) => Assert.True(StaffIds.IsValid(id));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" anna")]
    [InlineData("anna ")]
    [InlineData("an/na")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("an\tna")]
    [InlineData("an\u0000na")]
    [InlineData("anna\u200b")]
    [InlineData("an\u202ena")]
    [InlineData("an\u00a0na")]
    [InlineData("an\u2028na")]
    [InlineData("an\ufffdna")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void What_cannot_be_seen_or_stand_in_an_address_is_no_staff_id(string? id) => Assert.False(StaffIds.IsValid(id));

    [Fact]
    public void Half_a_character_is_no_staff_id() => Assert.False(StaffIds.IsValid("anna" + (char)0xD83D));
}
