using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Certificates;
using CleanSync.ExchangeSimulator.Faults;
using Xunit;

namespace CleanSync.ContractTests.Connections;

/// <summary>Every scheme, every level of Extended Protection, and every way that TLS takes.</summary>
public sealed class ExtendedProtectionTests
{
    private const string Direct = "direct", Terminating = "TLS-terminating proxy", Bridging = "TLS bridge with the server's certificate";
    private const string Works = "works", Refused = "credential-or-extended-protection-refused";

    [Theory]
    [InlineData(AuthenticationType.Basic, ExtendedProtection.None, Direct, Works)]
    [InlineData(AuthenticationType.Basic, ExtendedProtection.None, Terminating, Works)]
    [InlineData(AuthenticationType.Basic, ExtendedProtection.None, Bridging, Works)]
    [InlineData(AuthenticationType.Basic, ExtendedProtection.Allow, Direct, Works)]
    [InlineData(AuthenticationType.Basic, ExtendedProtection.Allow, Terminating, Works)]
    [InlineData(AuthenticationType.Basic, ExtendedProtection.Allow, Bridging, Works)]
    [InlineData(AuthenticationType.Basic, ExtendedProtection.Require, Direct, Works)]
    [InlineData(AuthenticationType.Basic, ExtendedProtection.Require, Terminating, Works)]
    [InlineData(AuthenticationType.Basic, ExtendedProtection.Require, Bridging, Works)]
    [InlineData(AuthenticationType.Ntlm, ExtendedProtection.None, Direct, Works)]
    [InlineData(AuthenticationType.Ntlm, ExtendedProtection.None, Terminating, Works)]
    [InlineData(AuthenticationType.Ntlm, ExtendedProtection.None, Bridging, Works)]
    [InlineData(AuthenticationType.Ntlm, ExtendedProtection.Allow, Direct, Works)]
    [InlineData(AuthenticationType.Ntlm, ExtendedProtection.Allow, Terminating, Refused)]
    [InlineData(AuthenticationType.Ntlm, ExtendedProtection.Allow, Bridging, Works)]
    [InlineData(AuthenticationType.Ntlm, ExtendedProtection.Require, Direct, Works)]
    [InlineData(AuthenticationType.Ntlm, ExtendedProtection.Require, Terminating, Refused)]
    [InlineData(AuthenticationType.Ntlm, ExtendedProtection.Require, Bridging, Works)]
    public async Task A_right_password_gets_through_wherever_the_channel_ends_at_Exchange(
        AuthenticationType scheme,
        ExtendedProtection protection,
        string way,
        string outcome)
    {
        await using var exchange = await SecureExchange.Start(new SimulatorOptions { ExtendedProtection = protection });
        using var own = exchange.Authority.Issue(["127.0.0.1"]);
        await using var proxy = TlsProxy.Start(
            way == Bridging ? exchange.Certificate : own, exchange.Exchange.BaseUrl, exchange.Certificate);
        await using var cleanSync = new CleanSyncSide();
        var address = way == Direct ? exchange.Url : new Uri(proxy.Url, "/EWS/Exchange.asmx");
        var failure = await cleanSync.Check(CleanSyncSide.Integration(address, scheme, ServerTrust.Of(exchange.Authority.Pem, null)));
        Assert.Equal(outcome, failure?.Refusal.Code ?? Works);
        Assert.Equal(outcome == Works ? (1, 0) : (0, 1), (exchange.Account.SuccessfulLogons, exchange.Account.FailedLogons));
        Assert.Equal(outcome == Refused, failure?.Meaning is FailureMeaning.CredentialRefused);
    }

    [Fact]
    public async Task The_diagnosis_names_both_causes_and_the_certificate_to_compare()
    {
        await using var exchange = await SecureExchange.Start(new SimulatorOptions { ExtendedProtection = ExtendedProtection.Require });
        using var own = exchange.Authority.Issue(["127.0.0.1"]);
        await using var proxy = TlsProxy.Start(own, exchange.Exchange.BaseUrl, exchange.Certificate);
        await using var cleanSync = new CleanSyncSide();
        var refusal = await cleanSync.Refusal(
            CleanSyncSide.Integration(new Uri(proxy.Url, "/EWS/Exchange.asmx"), trust: ServerTrust.Of(exchange.Authority.Pem, null)));
        Assert.Contains("Extended Protection", refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("password is wrong or expired", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(own.GetCertHashString(HashAlgorithmName.SHA256), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_over_TLS_is_refused_once_with_the_servers_own_certificate_to_compare()
    {
        await using var exchange = await SecureExchange.Start();
        await using var cleanSync = new CleanSyncSide();
        var refusal = await cleanSync.Refusal(
            CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null), password: "wrong"));
        Assert.Contains(
            exchange.Certificate.GetCertHashString(HashAlgorithmName.SHA256),
            Assert.IsType<CredentialOrExtendedProtectionRefused>(refusal).Certificate,
            StringComparison.Ordinal);
        Assert.Equal(1, exchange.Account.FailedLogons);
    }

    [Fact]
    public async Task Basic_is_bound_to_no_channel_so_its_refusal_is_the_passwords()
    {
        await using var exchange = await SecureExchange.Start(new SimulatorOptions { ExtendedProtection = ExtendedProtection.Require });
        await using var cleanSync = new CleanSyncSide();
        var refusal =
            await cleanSync.Refusal(CleanSyncSide.Integration(exchange.Url, AuthenticationType.Basic,
                ServerTrust.Of(exchange.Authority.Pem, null), password: "wrong"));
        Assert.IsType<CredentialRefused>(refusal);
        Assert.Equal(1, exchange.Account.FailedLogons);
    }

    [Fact]
    public async Task A_password_that_was_accepted_before_under_this_certificate_is_told_so()
    {
        await using var exchange = await SecureExchange.Start(new SimulatorOptions { KeepsConnectionAuthenticated = false });
        await using var cleanSync = new CleanSyncSide();
        var integration = CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null));
        await LogonCalls.OpenOwnCalendar(cleanSync, integration);
        exchange.Account.Password = "Expired-2";
        var failure = await Believed(cleanSync, integration);
        Assert.Contains("accepted before under this certificate", failure.Refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A password that worked a moment ago is in doubt when it is refused once; the refusal of the next try is believed.</summary>
    private static async Task<CalendarFailure> Believed(CleanSyncSide cleanSync, ExchangeIntegration integration)
    {
        var first = await Assert.ThrowsAsync<CalendarFailure>(() => LogonCalls.OpenOwnCalendar(cleanSync, integration));
        Assert.IsType<LogonIsInDoubt>(first.Refusal);
        return await Assert.ThrowsAsync<CalendarFailure>(() => LogonCalls.OpenOwnCalendar(cleanSync, integration));
    }

    /// <summary>
    /// A proxy comes in between while everything runs: the connection breaks, and the name leads to the proxy from now on.
    /// </summary>
    [Fact]
    public async Task A_logon_that_fails_after_the_certificate_changed_names_both_certificates()
    {
        await using var exchange = await SecureExchange.Start(new SimulatorOptions { ExtendedProtection = ExtendedProtection.Allow });
        using var own = exchange.Authority.Issue([SecureExchange.Host]);
        var (proxied, elsewhere) = (false, IPAddress.Parse("127.0.0.2"));
        await using var proxy = TlsProxy.Start(
            own, exchange.Exchange.BaseUrl, exchange.Certificate, new IPEndPoint(elsewhere, exchange.Exchange.BaseUrl.Port));
        await using var cleanSync = new CleanSyncSide(resolve: _ => [proxied ? elsewhere : IPAddress.Loopback]);
        var integration = CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null));
        await LogonCalls.OpenOwnCalendar(cleanSync, integration);
        exchange.Exchange.Faults.Next(new Fault.AbortBeforeEffect());
        await Assert.ThrowsAsync<CalendarFailure>(() => LogonCalls.OpenOwnCalendar(cleanSync, integration));
        proxied = true;
        var failure = await Believed(cleanSync, integration);
        Assert.Contains("accepted before under another certificate", failure.Refusal.Message, StringComparison.Ordinal);
        Assert.All(
            [own, exchange.Certificate],
            c => Assert.Contains(c.GetCertHashString(HashAlgorithmName.SHA256), failure.Refusal.Message, StringComparison.Ordinal));
    }

    /// <summary>The simulator itself: a client that binds to no channel.</summary>
    [Theory]
    [InlineData(ExtendedProtection.None, HttpStatusCode.OK)]
    [InlineData(ExtendedProtection.Allow, HttpStatusCode.OK)]
    [InlineData(ExtendedProtection.Require, HttpStatusCode.Unauthorized)]
    public async Task A_client_that_sends_no_binding_passes_unless_it_is_required(ExtendedProtection protection, HttpStatusCode expected)
    {
        await using var exchange = await SecureExchange.Start(new SimulatorOptions { ExtendedProtection = protection });
        using var handler =
            new SocketsHttpHandler
            {
                MaxConnectionsPerServer = 1,
                SslOptions =
                    { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?
                        .GetCertHashString() == exchange.Certificate.GetCertHashString() }
            };
        using var http = new HttpClient(handler);
        using var ntlm =
            new NegotiateAuthentication(new NegotiateAuthenticationClientOptions
            {
                Package = "NTLM",
                Credential = new NetworkCredential("svc", SecureExchange.Password, "CONTOSO")
            });
        using var challenge = await http.SendAsync(Leg(exchange, ntlm, null), TestContext.Current.CancellationToken);
        using var answer = await http.SendAsync(
            Leg(exchange, ntlm, challenge.Headers.WwwAuthenticate.Single().Parameter), TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static HttpRequestMessage Leg(SecureExchange exchange, NegotiateAuthentication ntlm, string? challenge) =>
        new(HttpMethod.Get, exchange.Exchange.EwsUrl)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("NTLM",
            ntlm.GetOutgoingBlob(challenge, out _)) }
        };
}
