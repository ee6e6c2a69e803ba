using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator.Certificates;
using Xunit;

namespace CleanSync.ContractTests.Connections;

/// <summary>
/// Real TLS against the simulator: which certificate is believed, and what each refusal says. Whatever is refused, no credential was sent.
/// </summary>
public sealed class CertificateTests
{
    private const string Host = SecureExchange.Host;

    [Fact]
    public async Task A_certificate_of_the_integrations_own_authority_is_believed() =>
        Assert.Null(await Refusal(a => a.Issue([Host]), a => ServerTrust.Of(a.Pem, null)));

    [Fact]
    public async Task One_of_several_authorities_is_enough()
    {
        using var other = new TestAuthority(TimeProvider.System, "Another Root");
        Assert.Null(await Refusal(a => a.Issue([Host]), a => ServerTrust.Of(other.Pem + "\n" + a.Pem, null)));
    }

    [Fact]
    public async Task A_self_signed_certificate_is_believed_as_its_own_authority_under_its_own_name() =>
        Assert.Null(await WithSelfSigned(c => ServerTrust.Of(c.ExportCertificatePem(), null)));

    [Fact]
    public async Task A_pinned_certificate_is_believed_whoever_issued_it_and_for_whatever_name() =>
        Assert.Null(await WithSelfSigned(c => ServerTrust.Of(null, c.GetCertHashString(HashAlgorithmName.SHA256)), "exchange-01"));

    [Fact]
    public async Task An_unknown_issuer_is_named_with_the_fingerprint_to_compare()
    {
        var refusal = Assert.IsType<CertificateIssuerIsUnknown>(await Refusal(a => a.Issue([Host]), _ => ServerTrust.OfTheMachine));
        Assert.Equal(("CN=Contoso Test Root", $"CN={Host}", 64), (refusal.Issuer, refusal.Subject, refusal.Fingerprint.Length));
    }

    [Fact]
    public async Task An_integrations_own_authorities_are_believed_instead_of_others()
    {
        using var other = new TestAuthority(TimeProvider.System, "Another Root");
        Assert.IsType<CertificateIssuerIsUnknown>(await Refusal(a => a.Issue([Host]), _ => ServerTrust.Of(other.Pem, null)));
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_with_its_day() =>
        Assert.StartsWith(
            "20",
            Assert.IsType<CertificateHasExpired>(
                await Refusal(a => a.Issue([Host], TimeSpan.FromDays(-9), TimeSpan.FromDays(-1)), a => ServerTrust.Of(a.Pem, null))).On,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_certificate_that_is_not_yet_valid_is_refused() =>
        Assert.IsType<CertificateIsNotYetValid>(
            await Refusal(a => a.Issue([Host], TimeSpan.FromDays(1), TimeSpan.FromDays(9)), a => ServerTrust.Of(a.Pem, null)));

    [Fact]
    public async Task A_certificate_for_another_name_is_refused_with_its_names() =>
        Assert.Equal(
            "owa.contoso.example, 10.0.0.1",
            Assert.IsType<CertificateIsForAnotherName>(
                await Refusal(a => a.Issue(["owa.contoso.example", "10.0.0.1"]), a => ServerTrust.Of(a.Pem, null))).Names);

    [Fact]
    public async Task A_certificate_that_is_not_the_pinned_one_is_refused_with_both_fingerprints()
    {
        var pin = new string('A', 64);
        var refusal = Assert.IsType<CertificateIsNotThePinnedOne>(await Refusal(a => a.Issue([Host]), _ => ServerTrust.Of(null, pin)));
        Assert.Equal((pin, 64), (refusal.Pinned, refusal.Fingerprint.Length));
    }

    [Fact]
    public async Task A_pinned_certificate_expires_all_the_same() =>
        Assert.IsType<CertificateHasExpired>(await WithSelfSigned(c => ServerTrust.Of(null, c.GetCertHashString(HashAlgorithmName.SHA256)),
            Host, TimeSpan.FromDays(-9), TimeSpan.FromDays(-1)));

    [Fact]
    public async Task A_certificate_for_another_use_is_refused()
    {
        await using var exchange = await SecureExchange.Start();
        using var forClients = exchange.Authority.Issue(["127.0.0.1"], usage: "1.3.6.1.5.5.7.3.2");
        await using var proxy = TlsProxy.Start(forClients, exchange.Exchange.BaseUrl, exchange.Certificate);
        await using var cleanSync = new CleanSyncSide();
        Assert.IsType<CertificateIsInvalid>(
            await cleanSync.Refusal(CleanSyncSide.Integration(proxy.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null))));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Current_versions_of_TLS_are_spoken(SslProtocols version)
    {
        await using var exchange = await SecureExchange.Start(new ExchangeSimulator.SimulatorOptions { TlsVersions = version });
        await using var cleanSync = new CleanSyncSide();
        Assert.Null(await cleanSync.Refusal(CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null))));
    }

    /// <summary>
    /// An alert of the server, and a ServerHello of TLS 1.1, which is what an older server answers to a client that begins with 1.2.
    /// </summary>
    [Theory]
    [InlineData("15030300020246")]
    [InlineData("160302002a020000260302000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f00c01300")]
    public async Task A_server_that_speaks_only_old_TLS_is_named_as_that(string answer)
    {
        await using var server = new ScriptedServer(Convert.FromHexString(answer));
        await using var cleanSync = new CleanSyncSide();
        Assert.IsType<TlsVersionIsTooOld>(await cleanSync.Refusal(CleanSyncSide.Integration(server.Url)));
    }

    [Fact]
    public async Task What_speaks_no_TLS_at_all_is_unreachable_and_tried_again()
    {
        await using var server = new ScriptedServer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        await using var cleanSync = new CleanSyncSide();
        var failure = await cleanSync.Check(CleanSyncSide.Integration(server.Url));
        Assert.Equal(
            (FailureReach.Passing, "TLS could not be agreed on"),
            (failure!.Reach, Assert.IsType<ExchangeIsUnreachable>(failure.Refusal).Reason));
    }

    [Fact]
    public async Task A_changed_trust_holds_from_the_next_call_on()
    {
        await using var exchange = await SecureExchange.Start();
        await using var cleanSync = new CleanSyncSide();
        var integration = CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null));
        await LogonCalls.OpenOwnCalendar(cleanSync, integration);
        var failure = await Assert.ThrowsAsync<CalendarFailure>(
            () => LogonCalls.OpenOwnCalendar(cleanSync, integration with { Trust = ServerTrust.Of(null, new string('A', 64)) }));
        Assert.Equal(
            (FailureReach.Integration, false, FailureMeaning.AsReached),
            (failure.Reach, failure.OutcomeUnknown, failure.Meaning));
        Assert.IsType<CertificateIsNotThePinnedOne>(failure.Refusal);
        await LogonCalls.OpenOwnCalendar(cleanSync, integration);
    }

    private static async Task<Error?> Refusal(Func<TestAuthority, X509Certificate2> shown, Func<TestAuthority, ServerTrust> trust)
    {
        await using var exchange = await SecureExchange.Start(certificate: shown);
        await using var cleanSync = new CleanSyncSide();
        var refusal = await cleanSync.Refusal(CleanSyncSide.Integration(exchange.Url, trust: trust(exchange.Authority)));
        Assert.Equal(refusal is null, exchange.Exchange.Requests.Count() > 0);
        return refusal;
    }

    private static Task<Error?> WithSelfSigned(
        Func<X509Certificate2, ServerTrust> trust,
        string name = Host,
        TimeSpan? from = null,
        TimeSpan? until = null)
    {
        ServerTrust? chosen = null;
        return Refusal(authority =>
        {
            var made = authority.SelfSigned([name], from, until);
            chosen = trust(made);
            return made;
        }, _ => chosen!);
    }
}
