using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator.Autodiscover;
using Xunit;

namespace CleanSync.ContractTests.Discovery;

/// <summary>Where servers send a search, and where it does not go.</summary>
public sealed class RedirectionTests
{
    [Theory]
    [InlineData(ExchangeVersion.Exchange2016, "svc")]
    [InlineData(ExchangeVersion.Exchange2007SP1, "xml")]
    public async Task A_new_address_starts_the_candidates_anew_under_its_own_domain(ExchangeVersion version, string ending)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Next(new AutodiscoverAnswer.ToAddress("svc-booking@hq.contoso.example"));
        search.Host("autodiscover.hq.contoso.example");
        search.Contoso.Exchange.Organisation.AddMailbox("svc-booking@hq.contoso.example");
        var report = await search.Discover(version: version);
        Assert.Equal(
            [
                $"Redirected https://autodiscover.contoso.example/autodiscover/autodiscover.{ending}",
                $"Found https://autodiscover.hq.contoso.example/autodiscover/autodiscover.{ending}"
            ],
            report.Course());
        Assert.Equal("svc-booking@hq.contoso.example", search.Contoso.Exchange.Autodiscover.Requests[^1].MailAddress);
    }

    [Fact]
    public async Task A_new_address_in_the_same_domain_asks_the_same_host_again()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Next(new AutodiscoverAnswer.ToAddress("booking@contoso.example"));
        search.Contoso.Exchange.Organisation.AddMailbox("booking@contoso.example");
        Assert.Equal([StepOutcome.Redirected, StepOutcome.Found], (await search.Discover()).Steps.Select(s => s.Outcome));
    }

    [Theory]
    [InlineData("svc")]
    [InlineData("xml")]
    public async Task A_new_URL_is_asked_in_the_language_that_it_shows(string ending)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain)
            .Next(new AutodiscoverAnswer.ToUrl($"https://hq.contoso.example/autodiscover/autodiscover.{ending}"));
        search.Host("hq.contoso.example");
        var report = await search.Discover();
        Assert.Equal(
            [
                "Redirected https://autodiscover.contoso.example/autodiscover/autodiscover.svc",
                $"Found https://hq.contoso.example/autodiscover/autodiscover.{ending}"
            ],
            report.Course());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_https_redirect_is_followed_before_and_after_the_logon(bool before)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain)
            .Next(new AutodiscoverAnswer.Http(302, "https://hq.contoso.example/autodiscover/autodiscover.svc", before));
        search.Host("hq.contoso.example");
        Assert.Equal([StepOutcome.Redirected, StepOutcome.Found], (await search.Discover()).Steps.Select(s => s.Outcome));
    }

    [Theory]
    [InlineData(ExchangeVersion.Exchange2016, "svc")]
    [InlineData(ExchangeVersion.Exchange2007SP1, "xml")]
    public async Task A_plain_http_redirect_is_followed_to_https_without_ever_logging_on_by_http(ExchangeVersion version, string ending)
    {
        await using var search = await Searching.Start();
        var subdomain = search.Host(Searching.Subdomain);
        (subdomain.WebSite, subdomain.PlainHttpLeadsTo) = (404, "https://hq.contoso.example/autodiscover/autodiscover.xml");
        search.Host("hq.contoso.example");
        var report = await search.Discover(version: version);
        Assert.Equal(
            [
                "Redirected http://autodiscover.contoso.example/autodiscover/autodiscover.xml",
                $"Found https://hq.contoso.example/autodiscover/autodiscover.{ending}"
            ],
            report.Course().Skip(2));
        Assert.All(
            search.Contoso.Exchange.Autodiscover.Requests.Where(r => r.Url.Scheme == "http"),
            r => Assert.Equal(("GET", null), (r.Method, r.Authorization)));
        Assert.Single(search.Contoso.Exchange.Autodiscover.Requests, r => r.Url.Scheme == "http");
    }

    [Theory]
    [InlineData("http://hq.contoso.example/autodiscover/autodiscover.xml")]
    [InlineData("https://svc:secret@hq.contoso.example/autodiscover/autodiscover.xml")]
    [InlineData("ldap://hq.contoso.example")]
    [InlineData("mailto:svc@contoso.example")]
    [InlineData("\\\\hq\\autodiscover")]
    public async Task A_redirect_to_anything_but_https_ends_there(string target)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.ToUrl(target);
        search.Host("hq.contoso.example");
        var report = await search.Discover();
        Assert.Null(report.ServerAddress);
        Assert.Contains("not https", report.Steps[0].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("hq.contoso.example:443", search.Contoso.Network.Connections);
    }

    [Fact]
    public async Task Two_addresses_that_name_each_other_are_a_circle()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.ToAddress("svc-booking@hq.contoso.example");
        search.Host("autodiscover.hq.contoso.example").Always = new AutodiscoverAnswer
            .ToAddress(DiscoverableExchange.User.ToUpperInvariant());
        var report = await search.Discover();
        Assert.Null(report.ServerAddress);
        Assert.Contains(report.Steps, s => s.Outcome is StepOutcome.Failed && s.Detail.Contains("in a circle", StringComparison.Ordinal));
        Assert.InRange(report.Steps.Count, 4, 20);
    }

    [Fact]
    public async Task Two_URLs_that_name_each_other_are_asked_once_each()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.ToUrl("https://hq.contoso.example/autodiscover/autodiscover.svc");
        search.Host("hq.contoso.example").Always = new AutodiscoverAnswer
            .ToUrl("https://AUTODISCOVER.contoso.example/Autodiscover/Autodiscover.svc");
        var report = await search.Discover();
        Assert.Equal([StepOutcome.Redirected, StepOutcome.Redirected, StepOutcome.Skipped], report.Steps.Take(3).Select(s => s.Outcome));
        Assert.Contains("asked already, in step 1", report.Steps[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_eleventh_redirect_ends_the_search()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Next(new AutodiscoverAnswer.ToUrl("https://h1.contoso.example/autodiscover/autodiscover.svc"));
        for (var i = 1; i < 15; i++) search.Host($"h{i}.contoso.example")
            .Next(new AutodiscoverAnswer.ToUrl($"https://h{i + 1}.contoso.example/autodiscover/autodiscover.svc"));
        var report = await search.Discover();
        Assert.Equal(11, report.Steps.Count(s => s.Outcome is StepOutcome.Redirected));
        Assert.Contains("11th", report.Steps[^1].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("h11.contoso.example:443", search.Contoso.Network.Connections);
    }

    [Theory]
    [InlineData("url")]
    [InlineData("address")]
    [InlineData("http")]
    [InlineData("srv")]
    public async Task A_host_outside_the_mail_domain_gets_nothing_until_the_admin_allows_it(string way)
    {
        await using var search = await Searching.Start();
        search.Host("autodiscover.hosting.example");
        search.Contoso.Exchange.Organisation.AddMailbox("svc@hosting.example");
        var subdomain = search.Host(Searching.Subdomain);
        if (way == "url")
            subdomain.Always = new AutodiscoverAnswer.ToUrl("https://autodiscover.hosting.example/autodiscover/autodiscover.svc");
        if (way == "address") subdomain.Always = new AutodiscoverAnswer.ToAddress("svc@hosting.example");
        if (way is "http" or "srv") subdomain.WebSite = 404;
        if (way == "http") subdomain.PlainHttpLeadsTo = "https://autodiscover.hosting.example/autodiscover/autodiscover.xml";
        if (way == "srv")
            search.Contoso.Network.PublishRecords("_autodiscover._tcp.contoso.example", ("autodiscover.hosting.example", 443, 0, 0));

        var report = await search.Discover();
        Assert.Null(report.ServerAddress);
        var named = Assert.Single(report.HostsToAllow);
        Assert.Contains(
            report.Steps,
            s => s.Outcome is StepOutcome.NotAllowed
                && s.Detail == $"Host {named} is outside contoso.example, so nothing was sent to it. If it is yours, allow it and try again: add it to allowedHosts.");
        Assert.DoesNotContain(search.Contoso.Network.Connections, c => c.Contains("hosting", StringComparison.Ordinal));
        Assert.Contains(named, report.Summary, StringComparison.Ordinal);

        Assert.NotNull((await search.Discover(allowed: named)).ServerAddress);
    }

    [Theory]
    [InlineData("evilcontoso.example")]
    [InlineData("contoso.example.evil.test")]
    public async Task A_name_that_only_looks_like_the_mail_domain_is_outside(string host)
    {
        await using var search = await Searching.Start(names: host);
        search.Host(host);
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.ToUrl($"https://{host}/autodiscover/autodiscover.svc");
        Assert.Equal([host], (await search.Discover()).HostsToAllow);
        Assert.DoesNotContain($"{host}:443", search.Contoso.Network.Connections);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("fe80::1")]
    public async Task A_redirect_to_a_name_of_a_forbidden_address_is_refused_after_resolution(string address)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Next(new AutodiscoverAnswer.ToUrl("https://hq.contoso.example/autodiscover/autodiscover.svc"));
        search.Contoso.Network.Publish("hq.contoso.example", address);
        var report = await search.Discover();
        Assert.Contains("does not connect there", report.Steps[1].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("hq.contoso.example:443", search.Contoso.Network.Connections);
    }
}
