using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Domain.StaffCalendarLinks.Accounts;
using Xunit;

namespace CleanSync.UnitTests.StaffCalendarLinks;

public sealed class NameKeyTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("\u0301")]
    [InlineData("two  words ")]
    [InlineData("\U0001F600 \uFDFA")]
    public void Whatever_a_name_is_made_of_it_has_a_place_in_the_list(string name)
    {
        foreach (var given in new[] { name, string.Concat(Enumerable.Repeat(name, 50)) })
        {
            var key = NameKey.Of(given);
            Assert.InRange(key.Length, 1, 400);
            var place = new AccountCursor(AccountState.Warning, key, Guid.CreateVersion7());
            Assert.Equal(place, AccountCursor.Read(place.Write()));
        }
    }
}
