using CleanSync.Domain.Appointments;
using Xunit;

namespace CleanSync.UnitTests.Erasures;

public sealed class ClientSearchTests
{
    private static readonly Client Client = new("Zoë Müller-Straße", "+49 (0)171 555-4711", "Zoe.Mueller@client.example");

    [Theory]
    [InlineData("zoe", null, null, true)]
    [InlineData("STRASSE zoe", null, null, true)]
    [InlineData("zoe maier", null, null, false)]
    [InlineData(null, "00491715554711", null, false)] // its zero in brackets is one digit too many to be sure
    [InlineData(null, "0171 5554711", null, true)]
    [InlineData(null, "5554711", null, true)]
    [InlineData(null, "4711", null, false)]
    [InlineData(null, null, " zoe.mueller@CLIENT.example ", true)]
    [InlineData(null, null, "mueller@client.example", false)]
    [InlineData("zoe", "5554711", "zoe.mueller@client.example", true)]
    [InlineData("zoe", "5554711", "another@client.example", false)]
    [InlineData(" ", "-", "", false)]
    public void Every_part_that_is_given_has_to_fit(string? name, string? phone, string? email, bool fits) =>
        Assert.Equal(fits, new ClientSearch(name, phone, email).Fits(Client));

    [Fact]
    public void A_search_does_not_print_itself() =>
        Assert.DoesNotContain("zoe", new ClientSearch("zoe", "1", "zoe@client.example").ToString(), StringComparison.OrdinalIgnoreCase);
}
