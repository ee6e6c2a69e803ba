using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.Infrastructure.Exchange.Autodiscover;
using Xunit;

namespace CleanSync.ContractTests.Discovery;

/// <summary>Which places are asked, in which order and in which language.</summary>
public sealed class CandidateTests
{
    [Fact]
    public async Task Each_language_asks_the_subdomain_the_bare_domain_plain_http_and_DNS_in_this_order()
    {
        await using var search = await Searching.Start();
        var report = await search.Discover();
        Assert.Null(report.ServerAddress);
        Assert.Equal(
            [
                "Failed https://autodiscover.contoso.example/autodiscover/autodiscover.svc",
                "Failed https://contoso.example/autodiscover/autodiscover.svc",
                "Failed http://autodiscover.contoso.example/autodiscover/autodiscover.xml",
                "Failed Ask DNS for the SRV record _autodiscover._tcp.contoso.example",
                "Skipped https://autodiscover.contoso.example/autodiscover/autodiscover.xml",
                "Skipped https://contoso.example/autodiscover/autodiscover.xml",
                "Skipped http://autodiscover.contoso.example/autodiscover/autodiscover.xml",
                "Skipped Ask DNS for the SRV record _autodiscover._tcp.contoso.example",
            ],
            report.Course());
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], report.Steps.Select(s => s.Number));
        Assert.Contains("not known to DNS", report.Steps[0].Detail, StringComparison.Ordinal);
        Assert.Contains("Step 1", report.Steps[4].Detail, StringComparison.Ordinal);
        Assert.Contains("by hand", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_service_that_answers_ends_the_search()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        search.Host("contoso.example");
        var report = await search.Discover();
        Assert.Equal(["Found https://autodiscover.contoso.example/autodiscover/autodiscover.svc"], report.Course());
        Assert.Equal(new Uri(Searching.External), report.ServerAddress);
        Assert.All(search.Contoso.Network.Connections, c => Assert.Equal($"{Searching.Subdomain}:443", c));
        Assert.Contains("Exchange2016", report.SupportedVersions);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_public_web_site_on_the_bare_domain_is_passed_over(int status)
    {
        await using var search = await Searching.Start();
        search.Host("contoso.example").WebSite = status;
        search.Host("mail.contoso.example");
        search.Contoso.Network.PublishRecords("_autodiscover._tcp.contoso.example", ("mail.contoso.example", 443, 0, 0));
        var report = await search.Discover();
        Assert.Equal(new Uri(Searching.External), report.ServerAddress);
        Assert.Equal(
            (StepOutcome.Failed, "https://contoso.example/autodiscover/autodiscover.svc"),
            (report.Steps[1].Outcome, report.Steps[1].Address!.AbsoluteUri));
        Assert.DoesNotContain(
            search.Contoso.Exchange.Autodiscover.Requests, r => r.Url.Host == "contoso.example" && r.Authorization is not null);
    }

    [Fact]
    public async Task A_server_that_speaks_POX_only_is_asked_after_SOAP_failed()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).OffersSoap = false;
        var report = await search.Discover();
        Assert.Equal(StepOutcome.Found, report.Steps[^1].Outcome);
        Assert.Equal("https://autodiscover.contoso.example/autodiscover/autodiscover.xml", report.Steps[^1].Address!.AbsoluteUri);
        Assert.Equal(new Uri(Searching.External), report.ServerAddress);
        Assert.Equal(1, search.Contoso.Account.SuccessfulLogons);
    }

    [Fact]
    public async Task A_server_that_speaks_SOAP_only_is_found_by_SOAP()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).OffersPox = false;
        Assert.Equal(new Uri(Searching.External), (await search.Discover()).ServerAddress);
    }

    [Fact]
    public async Task Exchange_2007_is_asked_by_POX_only()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).OffersSoap = false;
        search.Contoso.Exchange.Autodiscover.NamesAvailabilityOnly = true;
        var report = await search.Discover(version: ExchangeVersion.Exchange2007SP1);
        Assert.Equal(["Found https://autodiscover.contoso.example/autodiscover/autodiscover.xml"], report.Course());
        Assert.Equal([Searching.External, Searching.Internal], report.Addresses.Select(a => a.ServerAddress.AbsoluteUri));
    }

    [Theory]
    [InlineData(ExchangeVersion.Exchange2010, "Exchange2010")]
    [InlineData(ExchangeVersion.Exchange2010SP1, "Exchange2010_SP1")]
    [InlineData(ExchangeVersion.Exchange2010SP2, "Exchange2010_SP2")]
    [InlineData(ExchangeVersion.Exchange2013, "Exchange2013")]
    [InlineData(ExchangeVersion.Exchange2013SP1, "Exchange2013")]
    [InlineData(ExchangeVersion.Exchange2016, "Exchange2013")]
    public async Task SOAP_names_the_version_in_Autodiscovers_own_words(ExchangeVersion version, string word)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        Assert.NotNull((await search.Discover(version: version)).ServerAddress);
        Assert.Equal(word, search.Contoso.Exchange.Autodiscover.Requests[^1].Version);
    }

    [Fact]
    public async Task SRV_targets_on_port_443_are_asked_by_priority_and_weight()
    {
        await using var search = await Searching.Start();
        foreach (var name in new[] { "a", "b", "c", "d" }) search.Host($"{name}.contoso.example").WebSite = 404;
        search.Contoso.Network.PublishRecords(
            "_autodiscover._tcp.contoso.example",
            ("d.contoso.example.", 443, 20, 100),
            ("b.contoso.example.", 443, 10, 1),
            ("a.contoso.example.", 443, 10, 60),
            ("c.contoso.example.", 8443, 0, 0),
            (".", 443, 0, 0));
        var report = await search.Discover(version: ExchangeVersion.Exchange2007SP1);
        Assert.Equal(
            [
                "https://a.contoso.example/autodiscover/autodiscover.xml",
                "https://b.contoso.example/autodiscover/autodiscover.xml",
                "https://d.contoso.example/autodiscover/autodiscover.xml"
            ],
            report.Steps.Skip(4).Select(s => s.Address!.AbsoluteUri));
    }

    [Fact]
    public void Records_of_equal_weight_have_one_order_and_there_are_at_most_ten()
    {
        var records = Enumerable.Range(0, 30).Select(i => new ServiceRecord($"h{29 - i:00}", 443, 0, 0));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"h{i:00}"), ServiceRecord.Usable(records).Select(r => r.Target));
    }

    [Fact]
    public async Task An_error_that_a_later_step_outlives_is_still_shown()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.Error("InternalServerError");
        search.Host("contoso.example");
        var report = await search.Discover();
        Assert.Equal(new Uri(Searching.External), report.ServerAddress);
        Assert.Equal((StepOutcome.Refused, "InternalServerError"), (report.Steps[0].Outcome, report.Steps[0].ExchangeCode));
        Assert.Contains("event log", report.Steps[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_asks_nobody_is_asked_without_a_credential()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).IsOpen = true;
        Assert.NotNull((await search.Discover(version: ExchangeVersion.Exchange2007SP1)).ServerAddress);
        Assert.All(search.Contoso.Exchange.Autodiscover.Requests, r => Assert.Null(r.Authorization));
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_a_step_of_its_own_and_nothing_is_sent()
    {
        await using var search = await Searching.Start();
        search.Host("autodiscover.fabrikam.example");
        var report = await search.Discover(address: "svc@fabrikam.example");
        Assert.Contains("for another name", report.Steps[0].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(search.Contoso.Exchange.Autodiscover.Requests, r => r.Url.Scheme == "https");
    }
}
