using System.Text;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.Infrastructure.Exchange.Autodiscover;
using Xunit;

namespace CleanSync.ContractTests.Discovery;

/// <summary>What servers answer, and what an admin reads of it.</summary>
public sealed class DiscoveryAnswerTests
{
    [Theory]
    [InlineData("500", "knows no svc-booking@contoso.example")]
    [InlineData("501", "has no settings for it")]
    [InlineData("600", "malformed")]
    [InlineData("601", "some other mail server")]
    [InlineData("602", "badly configured")]
    [InlineData("603", "failed inside")]
    [InlineData("699", "does not know")]
    public async Task Every_code_of_POX_has_its_words(string code, string words)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.Error(code);
        var step = (await search.Discover(version: ExchangeVersion.Exchange2007SP1)).Steps[0];
        Assert.Equal((StepOutcome.Refused, code), (step.Outcome, step.ExchangeCode));
        Assert.Contains(words, step.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InvalidUser", ErrorLevel.User, "knows no svc-booking@contoso.example")]
    [InlineData("InvalidRequest", ErrorLevel.Response, "malformed")]
    [InlineData("InvalidSetting", ErrorLevel.Setting, "older Exchange version")]
    [InlineData("SettingIsNotAvailable", ErrorLevel.Setting, "Set-WebServicesVirtualDirectory")]
    [InlineData("ServerBusy", ErrorLevel.User, "busy")]
    [InlineData("InvalidDomain", ErrorLevel.Response, "not responsible for the domain")]
    [InlineData("NotFederated", ErrorLevel.Response, "federated")]
    [InlineData("InternalServerError", ErrorLevel.User, "failed inside")]
    [InlineData("RedirectUrl", ErrorLevel.Response, "not which")]
    [InlineData("SomethingNew", ErrorLevel.User, "does not know")]
    public async Task Every_code_of_SOAP_has_its_words_at_whatever_level_it_stands(string code, ErrorLevel level, string words)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.Error(code, level);
        var step = (await search.Discover()).Steps[0];
        Assert.Equal((StepOutcome.Refused, code), (step.Outcome, step.ExchangeCode));
        Assert.Contains(words, step.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_has_its_code()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.Fault("InvalidRequest");
        Assert.Equal("InvalidRequest", (await search.Discover()).Steps[0].ExchangeCode);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")]
    [InlineData("<html><body>Welcome</body></html>")]
    [InlineData("")]
    [InlineData("<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\"/>")]
    public async Task An_answer_that_is_none_is_a_failed_step_and_is_not_quoted(string body)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.Raw(body);
        var report = await search.Discover();
        Assert.All(
            report.Steps.Where(s => s.Address?.Host == Searching.Subdomain && s.Address.Scheme == "https"),
            s => Assert.Equal("It answered, but not as Autodiscover does.", s.Detail));
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.Raw(new string(' ', 2_000_000));
        Assert.Equal("It answered, but not as Autodiscover does.", (await search.Discover()).Steps[0].Detail);
    }

    [Fact]
    public async Task Two_addresses_are_proposed_with_the_reason_for_the_preferred_one()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        var report = await search.Discover();
        Assert.Equal(
            [(Searching.External, AddressUse.External, true), (Searching.Internal, AddressUse.Internal, false)],
            report.Addresses.Select(a => (a.ServerAddress.AbsoluteUri, a.Use, a.IsPreferred)));

        search.Contoso.Network.Publish("mail-int.contoso.example", "10.1.2.3");
        report = await search.Discover();
        Assert.Equal(
            [(Searching.Internal, true), (Searching.External, false)],
            report.Addresses.Select(a => (a.ServerAddress.AbsoluteUri, a.IsPreferred)));
        Assert.Contains("10.1.2.3", report.Addresses[0].Reason, StringComparison.Ordinal);
        Assert.Equal(new Uri(Searching.Internal), report.ServerAddress);
    }

    [Theory]
    [InlineData(Searching.External, Searching.External, "Both")]
    [InlineData(Searching.External, null, "External")]
    [InlineData(null, Searching.Internal, "Internal")]
    [InlineData(Searching.External, "http://mail-int.contoso.example/EWS/Exchange.asmx", "External")]
    public async Task One_address_is_proposed_alone(string? external, string? inside, string use)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        (search.Contoso.Exchange.Autodiscover.ExternalUrl, search.Contoso.Exchange.Autodiscover.InternalUrl) = (external, inside);
        var proposed = Assert.Single((await search.Discover()).Addresses);
        Assert.Equal((use, true), (proposed.Use.ToString(), proposed.IsPreferred));
    }

    [Theory]
    [InlineData(null, "SettingIsNotAvailable", "Set-WebServicesVirtualDirectory")]
    [InlineData("http://mail.contoso.example/EWS/Exchange.asmx", null, "not https")]
    public async Task Settings_without_a_usable_address_are_no_proposal(string? external, string? code, string words)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        (search.Contoso.Exchange.Autodiscover.ExternalUrl, search.Contoso.Exchange.Autodiscover.InternalUrl) = (external, null);
        var report = await search.Discover();
        Assert.Null(report.ServerAddress);
        Assert.Equal(code, report.Steps[0].ExchangeCode);
        Assert.Contains(words, report.Steps[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_outside_the_mail_domain_is_proposed_with_a_warning()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        (
            search.Contoso.Exchange.Autodiscover.ExternalUrl,
            search.Contoso.Exchange.Autodiscover.InternalUrl) = ("https://mail.hosting.example/EWS/Exchange.asmx", null);
        Assert.Contains("outside contoso.example", Assert.Single((await search.Discover()).Addresses).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_Exchange_does_not_know_is_named()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        var report = await search.Discover(address: "typo@contoso.example");
        Assert.Equal(["InvalidUser", "500"], report.Steps.Select(s => s.ExchangeCode).OfType<string>());
    }

    [Theory]
    [InlineData("ü@contoso.example")]
    [InlineData("a&b<c>@contoso.example")]
    public async Task Any_mail_address_reaches_the_server_as_it_is(string address)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).OffersSoap = false;
        await search.Discover(address: address);
        Assert.Equal(
            address, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(search.Contoso.Exchange.Autodiscover.Requests[^1].MailAddress ?? "")));
    }

    [Theory]
    [InlineData("svc@bücher.example", "xn--bcher-kva.example")]
    [InlineData("svc@Contoso.EXAMPLE", "contoso.example")]
    [InlineData("svc@127.0.0.1", null)]
    [InlineData("svc@a b.example", null)]
    [InlineData("svc@", null)]
    [InlineData("svc", null)]
    public void The_domain_of_an_address_is_what_DNS_knows(string address, string? domain) =>
        Assert.Equal(domain, HostLimits.DomainOf(address));
}
