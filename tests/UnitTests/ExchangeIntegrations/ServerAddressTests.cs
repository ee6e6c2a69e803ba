using CleanSync.Application.ExchangeIntegrations.Discovery;
using Xunit;

namespace CleanSync.UnitTests.ExchangeIntegrations;

/// <summary>The one rule for addresses that are entered.</summary>
public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("https://mail.contoso.example/EWS/Exchange.asmx", null)]
    [InlineData("https://[2001:db8::1]:8443/EWS/Exchange.asmx", null)]
    [InlineData("https://mail.contoso.example/owa/anna@contoso.example/", null)]
    [InlineData("https://user:secret@mail.contoso.example/EWS/Exchange.asmx", "user name")]
    [InlineData("https://user@mail.contoso.example/EWS/Exchange.asmx", "user name")]
    [InlineData("https://:secret@mail.contoso.example/EWS/Exchange.asmx", "user name")]
    [InlineData("https://@mail.contoso.example/EWS/Exchange.asmx", "user name")]
    [InlineData("https://mail.contoso.example/EWS/Exchange.asmx?secret", "query")]
    [InlineData("https://mail.contoso.example/EWS/Exchange.asmx?", "query")]
    [InlineData("https://mail.contoso.example/EWS/Exchange.asmx#secret", "fragment")]
    [InlineData("https://mail.contoso.example/EWS/Exchange.asmx#", "fragment")]
    [InlineData("ftp://mail.contoso.example/EWS/Exchange.asmx", "https")]
    [InlineData("http://mail.contoso.example/EWS/Exchange.asmx", "Plain http")]
    [InlineData("/EWS/Exchange.asmx", "full address")]
    public void An_address_has_no_user_no_query_and_no_fragment(string entered, string? expected)
    {
        var why = ServerAddresses.WhyRefused(new Uri(entered, UriKind.RelativeOrAbsolute), allowPlainHttp: false);
        if (expected is null) Assert.Null(why);
        else Assert.Contains(expected, why, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", why ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2000, false)]
    [InlineData(2001, true)]
    public void An_address_has_at_most_2000_characters(int length, bool refused)
    {
        const string start = "https://mail.contoso.example/";
        Assert.Equal(refused, ServerAddresses.WhyRefused(
            new Uri(start + new string('a', length - start.Length)), allowPlainHttp: false) is not null);
    }
}
