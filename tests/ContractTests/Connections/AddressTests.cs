using System.Net;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Domain.ExchangeIntegrations;
using Xunit;

namespace CleanSync.ContractTests.Connections;

/// <summary>Where connections may go, when DNS answers as the test says.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "the machine that CleanSync itself runs on")]
    [InlineData("::1", "the machine that CleanSync itself runs on")]
    [InlineData("::ffff:127.0.0.1", "the machine that CleanSync itself runs on")]
    [InlineData("169.254.7.7", "link-local")]
    [InlineData("fe80::7", "link-local")]
    [InlineData("169.254.169.254", "clouds hand out the secrets")]
    [InlineData("fd00:ec2::254", "clouds hand out the secrets")]
    [InlineData("0.0.0.0", "no single server")]
    [InlineData("239.1.2.3", "no single server")]
    public async Task A_name_that_stands_for_a_forbidden_address_is_refused_with_the_address_and_the_reason(string address, string reason)
    {
        await using var exchange = await SecureExchange.Start();
        await using var cleanSync = new CleanSyncSide(allowLocalAddresses: false, resolve: _ => [IPAddress.Parse(address)]);
        var failure = await cleanSync.Check(CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null)));
        var refusal = Assert.IsType<AddressIsRefused>(failure!.Refusal);
        Assert.Equal(
            (IPAddress.Parse(address).ToString(), FailureReach.Integration, false),
            (refusal.Address, failure.Reach, failure.OutcomeUnknown));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal(0, exchange.Exchange.Requests.Count());
    }

    [Fact]
    public async Task One_forbidden_address_among_several_refuses_the_name()
    {
        await using var exchange = await SecureExchange.Start();
        await using var cleanSync = new CleanSyncSide(
            allowLocalAddresses: true, resolve: _ => [IPAddress.Loopback, IPAddress.Parse("169.254.169.254")]);
        Assert.IsType<AddressIsRefused>(
            await cleanSync.Refusal(CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null))));
        Assert.Equal(0, exchange.Exchange.Requests.Count());
    }

    [Fact]
    public async Task An_address_in_figures_is_judged_when_it_is_connected_to()
    {
        await using var exchange = await SecureExchange.Start();
        await using var cleanSync = new CleanSyncSide(allowLocalAddresses: false);
        Assert.IsType<AddressIsRefused>(await cleanSync.Refusal(CleanSyncSide.Integration(exchange.Exchange.EwsUrl,
            trust: ServerTrust.Of(exchange.Authority.Pem, null))));
        Assert.Equal(0, exchange.Exchange.Requests.Count());
    }

    /// <summary>A name that answers otherwise the second time gains nothing: the connection goes to the address that was judged.</summary>
    [Fact]
    public async Task A_name_is_resolved_once_for_each_connection_and_the_connection_goes_to_the_judged_address()
    {
        await using var exchange = await SecureExchange.Start();
        var asked = 0;
        await using var cleanSync = new CleanSyncSide(
            resolve: _ => ++asked == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("169.254.169.254")]);
        var integration = CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null));
        await LogonCalls.OpenOwnCalendar(cleanSync, integration);
        Assert.Equal((1, 1), (asked, exchange.Exchange.Requests.CountExcludingHandshake));
    }

    [Fact]
    public async Task The_next_address_is_tried_when_one_does_not_accept()
    {
        await using var exchange = await SecureExchange.Start();
        await using var cleanSync = new CleanSyncSide(resolve: _ => [IPAddress.IPv6Loopback, IPAddress.Loopback]);
        Assert.Null(await cleanSync.Refusal(CleanSyncSide.Integration(exchange.Url, trust: ServerTrust.Of(exchange.Authority.Pem, null))));
    }

    [Fact]
    public async Task A_name_that_DNS_does_not_know_is_unreachable()
    {
        await using var cleanSync = new CleanSyncSide(
            resolve: _ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));
        var failure = await cleanSync.Check(CleanSyncSide.Integration(new Uri("https://mail.contoso.example/EWS/Exchange.asmx")));
        Assert.Equal(
            (FailureReach.Passing, "its name is not known to DNS"),
            (failure!.Reach, Assert.IsType<ExchangeIsUnreachable>(failure.Refusal).Reason));
    }

    [Fact]
    public async Task Plain_http_that_was_saved_in_development_is_refused_where_it_is_not_allowed()
    {
        await using var exchange =
            await ExchangeSimulator.SimulatedExchange.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var cleanSync = new CleanSyncSide(allowPlainHttp: false);
        Assert.IsType<PlainHttpIsRefused>(await cleanSync.Refusal(CleanSyncSide.Integration(exchange.EwsUrl)));
        Assert.Equal(0, exchange.Requests.Count());
    }
}
