using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Autodiscover;
using Xunit;

namespace CleanSync.ContractTests.Discovery;

/// <summary>When the password leaves, and how often.</summary>
public sealed class DiscoveryLogonTests
{
    [Theory]
    [InlineData(AuthenticationType.Basic, DiscoverableExchange.User)]
    [InlineData(AuthenticationType.Ntlm, DiscoverableExchange.User)]
    [InlineData(AuthenticationType.Basic, "CONTOSO\\svc-booking")]
    [InlineData(AuthenticationType.Ntlm, "CONTOSO\\svc-booking")]
    public async Task Either_scheme_and_either_name_logs_on(AuthenticationType scheme, string user)
    {
        await using var search = await Searching.Start(new SimulatorOptions { ExtendedProtection = ExtendedProtection.Require });
        search.Host(Searching.Subdomain);
        Assert.NotNull((await search.Discover(scheme, user: user)).ServerAddress);
        Assert.Equal((1, 0), (search.Contoso.Account.SuccessfulLogons, search.Contoso.Account.FailedLogons));
        Assert.Null(search.Contoso.Exchange.Autodiscover.Requests[0].Authorization);
    }

    [Theory]
    [InlineData(AuthenticationSchemes.Basic, AuthenticationType.Basic)]
    [InlineData(AuthenticationSchemes.Ntlm, AuthenticationType.Ntlm)]
    [InlineData(AuthenticationSchemes.Basic | AuthenticationSchemes.Ntlm | AuthenticationSchemes.Negotiate, AuthenticationType.Ntlm)]
    public async Task Without_version_and_scheme_it_logs_on_by_what_the_server_offers_NTLM_before_Basic(
        AuthenticationSchemes offered, AuthenticationType by)
    {
        await using var search = await Searching.Start(new SimulatorOptions { Schemes = offered });
        search.Host(Searching.Subdomain);
        var report = await search.Discover(scheme: null, version: null);
        Assert.Equal((Searching.External, by), (report.ServerAddress?.ToString(), report.Authentication));
        Assert.Equal((1, 0), (search.Contoso.Account.SuccessfulLogons, search.Contoso.Account.FailedLogons));
    }

    [Fact]
    public async Task Without_a_scheme_a_wrong_password_is_sent_by_one_of_those_offered_and_not_by_the_other_too()
    {
        await using var search = await Searching.Start(
            new SimulatorOptions { Schemes = AuthenticationSchemes.Basic | AuthenticationSchemes.Ntlm });
        search.Host(Searching.Subdomain);
        search.Host("contoso.example");
        Assert.Null((await search.Discover(scheme: null, version: null, password: "wrong")).Authentication);
        Assert.Equal(1, search.Contoso.Account.FailedLogons);
    }

    [Theory]
    [InlineData(AuthenticationType.Basic)]
    [InlineData(AuthenticationType.Ntlm)]
    public async Task A_wrong_password_is_refused_once_and_the_others_are_still_asked_without_it(AuthenticationType scheme)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        search.Host("contoso.example");
        search.Host("mail.contoso.example");
        search.Contoso.Network.PublishRecords("_autodiscover._tcp.contoso.example", ("mail.contoso.example", 443, 0, 0));
        var report = await search.Discover(scheme, password: "wrong");
        Assert.Equal(1, search.Contoso.Account.FailedLogons);
        Assert.Equal(StepOutcome.Refused, report.Steps[0].Outcome);
        Assert.Contains("not sent again", report.Steps[0].Detail, StringComparison.Ordinal);
        var probed = report.Steps.Where(s => s.Detail.Contains("looks like Autodiscover", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, probed.Count);
        Assert.All(probed, s => Assert.Contains("The password was not sent", s.Detail, StringComparison.Ordinal));
        Assert.All(
            search.Contoso.Exchange.Autodiscover.Requests.Where(r => r.Url.Host != Searching.Subdomain), r => Assert.Null(r.Authorization));
        Assert.Contains("refused the logon", report.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong\"", System.Text.Json.JsonSerializer.Serialize(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_logon_over_NTLM_names_Extended_Protection_and_the_certificate_as_well()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        var detail = (await search.Discover(password: "wrong")).Steps[0].Detail;
        Assert.Contains("Extended Protection", detail, StringComparison.Ordinal);
        Assert.Matches("[0-9A-F]{64}", detail);
        Assert.DoesNotContain(
            "Extended Protection",
            (await search.Discover(AuthenticationType.Basic, password: "wrong")).Steps[0].Detail,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_account_is_named_as_locked()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        search.Contoso.Exchange.Organisation.LockoutAfter = 1;
        await search.Discover(AuthenticationType.Basic, password: "wrong");
        Assert.Contains("locked out", (await search.Discover(AuthenticationType.Basic)).Steps[0].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AuthenticationSchemes.Basic, AuthenticationType.Ntlm, "does not offer NTLM, only Basic")]
    [InlineData(AuthenticationSchemes.Negotiate | AuthenticationSchemes.Ntlm, AuthenticationType.Basic,
        "does not offer Basic, only Negotiate, NTLM")]
    public async Task A_scheme_that_is_not_offered_sends_nothing(AuthenticationSchemes offered, AuthenticationType wanted, string words)
    {
        await using var search = await Searching.Start(new SimulatorOptions { Schemes = offered });
        search.Host(Searching.Subdomain);
        var report = await search.Discover(wanted);
        Assert.Contains(words, report.Steps[0].Detail, StringComparison.Ordinal);
        Assert.All(search.Contoso.Exchange.Autodiscover.Requests, r => Assert.Null(r.Authorization));
    }

    [Fact]
    public async Task A_right_password_goes_on_to_the_next_candidate_after_an_answer_that_helps_nobody()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.Http(500);
        search.Host("contoso.example");
        var report = await search.Discover();
        Assert.Equal([StepOutcome.Failed, StepOutcome.Found], report.Steps.Select(s => s.Outcome));
        Assert.Equal((2, 0), (search.Contoso.Account.SuccessfulLogons, search.Contoso.Account.FailedLogons));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_logon()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain);
        var report = await search.Discover(trust: ServerTrust.OfTheMachine);
        Assert.Contains("nobody who is trusted here vouches for it", report.Steps[0].Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(search.Contoso.Exchange.Autodiscover.Requests, r => r.Url.Scheme == "https");
    }

    [Theory]
    [InlineData(HandshakeTrouble.DropsAtTheFirstMessage)]
    [InlineData(HandshakeTrouble.SendsAnUnusableChallenge)]
    [InlineData(HandshakeTrouble.ClosesWithTheChallenge)]
    public async Task A_handshake_that_breaks_off_before_the_proof_counts_as_no_refused_logon(HandshakeTrouble trouble)
    {
        await using var search = await Searching.Start(new SimulatorOptions { HandshakeTrouble = trouble });
        search.Host(Searching.Subdomain);
        var report = await search.Discover();
        Assert.Equal(StepOutcome.Failed, report.Steps[0].Outcome);
        Assert.Contains("before the password", report.Steps[0].Detail, StringComparison.Ordinal);
        Assert.Equal(0, search.Contoso.Account.FailedLogons);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_busy_server_is_asked_once_more_at_the_end(bool inSoap)
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain)
            .Next(inSoap ? new AutodiscoverAnswer.Error("ServerBusy", ErrorLevel.Response) : new AutodiscoverAnswer.Http(503)).OffersPox =
                false;
        var report = await search.Discover();
        Assert.NotNull(report.ServerAddress);
        Assert.Contains("once more at the end", report.Steps[0].Detail, StringComparison.Ordinal);
        Assert.Equal("Ask autodiscover.contoso.example by SOAP once more", report.Steps[^1].Action);
        Assert.Equal(9, report.Steps.Count);
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_left_out()
    {
        await using var search = await Searching.Start();
        search.Host(Searching.Subdomain).Always = new AutodiscoverAnswer.Http(503);
        var report = await search.Discover();
        Assert.Null(report.ServerAddress);
        Assert.Equal(10, report.Steps.Count);
        Assert.Contains("left out", report.Steps[^1].Detail, StringComparison.Ordinal);
    }
}
