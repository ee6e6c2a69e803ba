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
    [InlineData(null, "00491715554711", null, true)]
    [InlineData(null, "+49 171 5554711", null, true)]
    [InlineData(null, "+49 0171 5554711", null, true)]
    [InlineData(null, "+49 171 5554712", null, false)]
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

    [Theory]
    [InlineData("+49 (0)30 1234", "+49 30 1234")]
    [InlineData("+49 30 1234", "+49 (0)30 1234")]
    [InlineData("+49 (0)170 1234567", "+49 170 1234567")]
    public void A_towns_zero_in_brackets_does_not_count(string stored, string searched) =>
        Assert.True(new ClientSearch(null, searched, null).Fits(Client with { Phone = stored }));

    [Theory]
    [InlineData("+ext", true)]
    [InlineData("4", false)]
    [InlineData(" ", false)]
    [InlineData(null, false)]
    public void A_phone_number_without_a_digit_is_known(string? phone, bool isWithout) =>
        Assert.Equal(isWithout, new ClientSearch("zoe", phone, null).HasPhoneWithoutDigits);

    [Fact]
    public void A_search_does_not_print_itself() =>
        Assert.DoesNotContain("zoe", new ClientSearch("zoe", "1", "zoe@client.example").ToString(), StringComparison.OrdinalIgnoreCase);
}
