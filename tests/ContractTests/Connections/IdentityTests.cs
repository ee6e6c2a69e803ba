using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using Xunit;

namespace CleanSync.ContractTests.Connections;

public sealed class IdentityTests
{
    private const int Calls = 150;

    /// <summary>Each call names its own account in the anchor, and the journal says as whom it ran.</summary>
    [Fact]
    public async Task Interleaved_calls_of_two_integrations_on_one_host_run_each_as_its_own_account()
    {
        var ct = TestContext.Current.CancellationToken;
        // With a latency calls meet in the server however busy the machine is.
        var options = new SimulatorOptions { Schemes = AuthenticationSchemes.Ntlm, Latency = TimeSpan.FromMilliseconds(20) };
        await using var exchange = await SimulatedExchange.StartAsync(options, ct);
        string[] users = ["one@contoso.example", "two@contoso.example"];
        foreach (var user in users) exchange.Organisation.AddAccount(user, SecureExchange.Password);
        await using var cleanSync = new CleanSyncSide();
        var integrations = users.Select(user => CleanSyncSide.Integration(exchange.EwsUrl, AuthenticationType.Ntlm, user: user)).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 2 * Calls).Select(i => LogonCalls.OpenOwnCalendar(cleanSync, integrations[i % 2])));

        var journal = exchange.Requests.Calls;
        Assert.All(journal, call => Assert.Equal(call.AnchorMailbox, call.Account));
        Assert.All(users, user => Assert.Equal(Calls, journal.Count(call => call.Account == user)));
        Assert.True(exchange.Requests.HighestParallelism > 1);
        Assert.All(users, user => Assert.Equal(0, exchange.Organisation.Account(user).FailedLogons));
    }
}
