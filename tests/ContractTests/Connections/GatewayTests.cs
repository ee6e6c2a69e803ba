using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using Xunit;

namespace CleanSync.ContractTests.Connections;

/// <summary>
/// What stands before Exchange may answer a GET by itself, and may offer Negotiate alone: the logon goes through all the same.
/// </summary>
public sealed class GatewayTests
{
    private static readonly SimulatorOptions NegotiateOnly =
        new() { Schemes = AuthenticationSchemes.Negotiate, TakesNtlmInsideNegotiate = true };

    [Theory]
    [InlineData(302, AuthenticationType.Ntlm)]
    [InlineData(404, AuthenticationType.Ntlm)]
    [InlineData(405, AuthenticationType.Basic)]
    [InlineData(501, AuthenticationType.Basic)]
    public async Task A_gateway_that_answers_an_anonymous_GET_by_itself_does_not_veto(int status, AuthenticationType scheme)
    {
        await using var exchange = await SimulatedExchange.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var account = exchange.Organisation.AddAccount(SecureExchange.User, SecureExchange.Password);
        exchange.Organisation.AnonymousGet = status;
        await using var cleanSync = new CleanSyncSide();
        Assert.Null(await cleanSync.Refusal(CleanSyncSide.Integration(exchange.EwsUrl, scheme)));
        Assert.Equal((1, 0), (account.SuccessfulLogons, account.FailedLogons));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(501)]
    public async Task A_scheme_that_is_not_offered_is_still_refused_before_any_credential_is_sent(int status)
    {
        await using var exchange = await SimulatedExchange.StartAsync(new SimulatorOptions { Schemes = AuthenticationSchemes.Basic },
            TestContext.Current.CancellationToken);
        exchange.Organisation.AnonymousGet = status;
        await using var cleanSync = new CleanSyncSide();
        var refusal = await cleanSync.Refusal(CleanSyncSide.Integration(exchange.EwsUrl));
        Assert.Equal("Basic", Assert.IsType<SchemeIsNotOffered>(refusal).Offered);
        Assert.All(exchange.Requests.All, request => Assert.Null(request.AuthorizationScheme));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(403)]
    public async Task Any_other_answer_is_the_servers_word(int status)
    {
        await using var exchange = await SimulatedExchange.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        exchange.Organisation.AnonymousGet = status;
        await using var cleanSync = new CleanSyncSide();
        Assert.NotNull(await cleanSync.Refusal(CleanSyncSide.Integration(exchange.EwsUrl)));
        Assert.Empty(exchange.Requests.All);
    }

    [Theory]
    [InlineData(ExtendedProtection.None)]
    [InlineData(ExtendedProtection.Require)]
    public async Task NTLM_goes_inside_Negotiate_where_nothing_else_is_offered_and_is_bound_to_the_channel(ExtendedProtection protection)
    {
        await using var exchange = await SecureExchange.Start(NegotiateOnly with { ExtendedProtection = protection });
        await using var cleanSync = new CleanSyncSide();
        var integration = CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null));
        Assert.Null(await cleanSync.Refusal(integration));
        await LogonCalls.OpenOwnCalendar(cleanSync, integration);
        Assert.Equal((1, 0), (exchange.Account.SuccessfulLogons, exchange.Account.FailedLogons));
    }

    [Fact]
    public async Task A_wrong_password_inside_Negotiate_is_sent_once_and_the_refusal_tells_what_it_can_be()
    {
        await using var exchange = await SecureExchange.Start(NegotiateOnly);
        await using var cleanSync = new CleanSyncSide();
        var trust = ServerTrust.Of(exchange.Authority.Pem, null);
        var failure = await cleanSync.Check(CleanSyncSide.Integration(exchange.Url, trust: trust, password: "wrong"));
        Assert.True(failure!.Meaning is FailureMeaning.CredentialRefused);
        Assert.Contains("offer NTLM on the EWS virtual directory",
            Assert.IsType<CredentialOrExtendedProtectionRefused>(failure.Refusal).Message, StringComparison.Ordinal);
        Assert.Equal((0, 1), (exchange.Account.SuccessfulLogons, exchange.Account.FailedLogons));
    }

    [Fact]
    public async Task A_server_that_takes_Kerberos_alone_proves_no_password_wrong()
    {
        await using var exchange = await SimulatedExchange.StartAsync(new SimulatorOptions { Schemes = AuthenticationSchemes.Negotiate },
            TestContext.Current.CancellationToken);
        var account = exchange.Organisation.AddAccount(SecureExchange.User, SecureExchange.Password);
        await using var cleanSync = new CleanSyncSide();
        var failure = await cleanSync.Check(CleanSyncSide.Integration(exchange.EwsUrl));
        Assert.False(failure!.Meaning is FailureMeaning.CredentialRefused);
        Assert.Equal(0, account.FailedLogons);
    }
}
