using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Accounts;
using CleanSync.Infrastructure.Exchange.Protocol;
using Xunit;

namespace CleanSync.ContractTests.Connections;

/// <summary>What can go wrong between the first byte and a proven password. Only a refused password counts as a failed logon.</summary>
public sealed class HandshakeTests
{
    [Fact]
    public Task A_connection_that_breaks_at_the_first_message_is_a_closed_one() =>
        Fails(HandshakeTrouble.DropsAtTheFirstMessage, "connection-closed-during-logon", FailureReach.Integration, outcomeUnknown: false);

    [Fact]
    public Task A_connection_that_is_closed_with_the_challenge_is_a_closed_one() =>
        Fails(HandshakeTrouble.ClosesWithTheChallenge, "connection-closed-during-logon", FailureReach.Integration, outcomeUnknown: false);

    [Fact]
    public Task A_connection_that_breaks_at_the_proof_leaves_the_outcome_unknown() =>
        Fails(
            HandshakeTrouble.DropsAtTheProof,
            "connection-closed-during-logon",
            FailureReach.Passing,
            outcomeUnknown: true,
            unanswered: true);

    [Fact]
    public Task A_server_that_answers_the_first_message_by_the_bare_scheme_gave_no_challenge() =>
        Fails(HandshakeTrouble.AnswersWithoutChallenge, "ntlm-challenge-is-missing", FailureReach.Integration, outcomeUnknown: false);

    [Fact]
    public Task A_challenge_that_cannot_be_answered_is_a_logon_that_did_not_finish() =>
        Fails(HandshakeTrouble.SendsAnUnusableChallenge, "logon-handshake-did-not-finish", FailureReach.Integration, outcomeUnknown: false);

    [Fact]
    public async Task A_server_that_forgets_who_logged_on_is_answered_by_a_logon_for_each_call()
    {
        await using var exchange = await Plain.Start(new SimulatorOptions { KeepsConnectionAuthenticated = false });
        await using var cleanSync = new CleanSyncSide();
        for (var i = 0; i < 3; i++) await LogonCalls.OpenOwnCalendar(cleanSync, exchange.Integration());
        Assert.Equal(
            (3, 3, 0),
            (exchange.Server.Requests.CountExcludingHandshake, exchange.Account.SuccessfulLogons, exchange.Account.FailedLogons));
    }

    [Theory]
    [InlineData(AuthenticationSchemes.Basic, AuthenticationType.Ntlm, "Basic")]
    [InlineData(AuthenticationSchemes.Negotiate, AuthenticationType.Basic, "Negotiate")]
    [InlineData(AuthenticationSchemes.Negotiate | AuthenticationSchemes.Ntlm, AuthenticationType.Basic, "Negotiate, NTLM")]
    public async Task A_scheme_that_is_not_offered_is_refused_before_any_credential_is_sent(
        AuthenticationSchemes offered,
        AuthenticationType wanted,
        string named)
    {
        await using var exchange = await Plain.Start(new SimulatorOptions { Schemes = offered });
        await using var cleanSync = new CleanSyncSide();
        var refusal = await cleanSync.Refusal(exchange.Integration(wanted));
        Assert.Equal(named, Assert.IsType<SchemeIsNotOffered>(refusal).Offered);
        Assert.All(exchange.Server.Requests.All, request => Assert.Null(request.AuthorizationScheme));
    }

    [Theory]
    [InlineData(AuthenticationType.Basic, "svc@contoso.example")]
    [InlineData(AuthenticationType.Basic, "CONTOSO\\svc")]
    [InlineData(AuthenticationType.Ntlm, "svc@contoso.example")]
    [InlineData(AuthenticationType.Ntlm, "CONTOSO\\svc")]
    public async Task A_password_may_have_any_characters_under_either_scheme_and_either_name(AuthenticationType scheme, string user)
    {
        const string password = "Пароль-密码-ß-🔑:\\\"@é";
        await using var exchange = await Plain.Start(new SimulatorOptions(), password);
        await using var cleanSync = new CleanSyncSide();
        Assert.Null(await cleanSync.Refusal(exchange.Integration(scheme, user, password)));
        Assert.Equal((1, 0), (exchange.Account.SuccessfulLogons, exchange.Account.FailedLogons));
    }

    private static async Task Fails(
        HandshakeTrouble trouble,
        string code,
        FailureReach reach,
        bool outcomeUnknown,
        bool unanswered = false)
    {
        await using var exchange = await Plain.Start(new SimulatorOptions { HandshakeTrouble = trouble });
        await using var cleanSync = new CleanSyncSide();
        var failure = await cleanSync.Check(exchange.Integration());
        Assert.Equal(
            (code, reach, outcomeUnknown, false),
            (failure!.Refusal.Code, failure.Reach, failure.OutcomeUnknown, failure.Meaning is FailureMeaning.CredentialRefused));
        Assert.Equal(unanswered, failure.InnerException is EwsTransportException { CredentialUnanswered: true });
        Assert.Equal((0, 0), (exchange.Server.Requests.CountExcludingHandshake, exchange.Account.FailedLogons));
    }

    /// <summary>Without TLS.</summary>
    private sealed record Plain(SimulatedExchange Server, Account Account) : IAsyncDisposable
    {
        public static async Task<Plain> Start(SimulatorOptions options, string password = SecureExchange.Password)
        {
            var server = await SimulatedExchange.StartAsync(options, TestContext.Current.CancellationToken);
            return new Plain(server, server.Organisation.AddAccount(SecureExchange.User, password));
        }

        public ExchangeIntegration Integration(
            AuthenticationType scheme = AuthenticationType.Ntlm,
            string user = SecureExchange.User,
            string password = SecureExchange.Password) =>
            integration ??= CleanSyncSide.Integration(Server.EwsUrl, scheme, user: user, password: password);

        private ExchangeIntegration? integration;

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
