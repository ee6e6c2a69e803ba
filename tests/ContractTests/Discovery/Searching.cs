using CleanSync.Application;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.Infrastructure;
using CleanSync.Infrastructure.Exchange.Autodiscover;
using CleanSync.Infrastructure.Exchange.Calls;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;
using ExchangeVersion = CleanSync.Domain.ExchangeIntegrations.ExchangeVersion;

namespace CleanSync.ContractTests.Discovery;

/// <summary>
/// A search as the product's own composition makes it, with the rules of a production node, in a network where the test says which names
/// there are.
/// </summary>
internal sealed class Searching : IAsyncDisposable
{
    public const string Subdomain = $"autodiscover.{DiscoverableExchange.Domain}";
    public const string External =
        "https://mail.contoso.example/EWS/Exchange.asmx", Internal = "https://mail-int.contoso.example/EWS/Exchange.asmx";

    private readonly ServiceProvider services;
    private readonly string folder = Directory.CreateTempSubdirectory("cleansync-discovery-").FullName;

    private Searching(DiscoverableExchange contoso)
    {
        Contoso = contoso;
        var settings = new Dictionary<string, string?> { ["Database:Path"] = Path.Combine(folder, "cleansync.db") };
        var collection = new ServiceCollection().AddLogging()
            .AddApplication()
            .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        collection.Replace(ServiceDescriptor.Singleton<ResolveName>(contoso.Network.Resolve));
        collection.Replace(ServiceDescriptor.Singleton<DialAddress>(contoso.Network.Dial));
        collection.Replace(ServiceDescriptor.Singleton<FindServiceRecords>((name, _) => Task.FromResult<IReadOnlyList<ServiceRecord>>(
            [.. contoso.Network.Records(name).Select(r => new ServiceRecord(r.Target, r.Port, r.Priority, r.Weight))])));
        services = collection.BuildServiceProvider();
        services.MigrateDatabase().GetAwaiter().GetResult(); // refused logons are counted there
    }

    public DiscoverableExchange Contoso { get; }

    public static async Task<Searching> Start(SimulatorOptions? options = null, params IReadOnlyList<string> names) =>
        new(await DiscoverableExchange.StartAsync(options, TestContext.Current.CancellationToken, names));

    public AutodiscoverHost Host(string name) => Contoso.Host(name);

    public async Task<DiscoveryReport> Discover(
        AuthenticationType? scheme = AuthenticationType.Ntlm,
        ExchangeVersion? version = ExchangeVersion.Exchange2016,
        string user = DiscoverableExchange.User,
        string address = DiscoverableExchange.User,
        string password = DiscoverableExchange.Password,
        ServerTrust? trust = null,
        params IReadOnlyList<string> allowed) =>
            (await services.GetRequiredService<IServerDiscovery>()
            .Discover(new DiscoveryQuestion(user, address, scheme, version, trust ?? ServerTrust.Of(Contoso.Authority, null), allowed),
                password, TestContext.Current.CancellationToken)).Value;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Contoso.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

internal static class Reports
{
    /// <summary>Outcome and place of each step, in order.</summary>
    public static IEnumerable<string> Course(this DiscoveryReport report) =>
        report.Steps.Select(s => $"{s.Outcome} {s.Address?.ToString() ?? s.Action}");

    public static DiscoveryStep Step(this DiscoveryReport report, StepOutcome outcome) =>
        Assert.Single(report.Steps, s => s.Outcome == outcome);
}
