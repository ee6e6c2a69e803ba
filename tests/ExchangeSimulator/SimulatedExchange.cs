using CleanSync.ExchangeSimulator.Authentication;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.ExchangeSimulator.Control;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Hosting;
using CleanSync.ExchangeSimulator.Journal;
using CleanSync.ExchangeSimulator.Protocol;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CleanSync.ExchangeSimulator;

/// <summary>
/// A running Exchange organisation that speaks EWS over HTTP. It begins empty: accounts and mailboxes are the caller's to add.
/// </summary>
public sealed class SimulatedExchange : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatedExchange(
        WebApplication app,
        Uri baseUrl,
        ExchangeOrganisation organisation,
        RequestJournal requests,
        FaultScript faults,
        EwsEndpoint endpoint) =>
        (_app, BaseUrl, Organisation, Requests, Faults, Endpoint) = (app, baseUrl, organisation, requests, faults, endpoint);

    public Uri BaseUrl { get; }

    /// <summary>Where it listens, in the order of <see cref="SimulatorOptions.Urls"/>.</summary>
    public IReadOnlyList<Uri> Addresses { get; private init; } = [];

    /// <summary>Its Autodiscover services: none, until a host is added.</summary>
    public AutodiscoverDirectory Autodiscover { get; private init; } = new();

    public Uri EwsUrl => new(BaseUrl, "/EWS/Exchange.asmx");

    public ExchangeOrganisation Organisation { get; }

    public RequestJournal Requests { get; }

    public FaultScript Faults { get; }

    /// <summary>The same EWS without HTTP and authentication, for tests that run it in process.</summary>
    public EwsEndpoint Endpoint { get; }

    /// <summary>Starts listening; the addresses are known when this completes.</summary>
    public static async Task<SimulatedExchange> StartAsync(SimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SimulatorOptions();
        var organisation = new ExchangeOrganisation(options.TimeProvider, options.DefaultTimeZoneId);
        var (requests, faults) = (new RequestJournal(), new FaultScript());
        var endpoint = new EwsEndpoint(organisation, requests, faults, options.TimeProvider, options.SupportedVersions);
        var delays = new Delays(options.Latency, options.Jitter, options.JitterSeed);
        var gate = new LogonGate(organisation, options);
        var front = new EwsFront(organisation, endpoint, gate, requests, delays, options);
        var autodiscover = new AutodiscoverDirectory();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.Certificate is { } certificate)
                kestrel.ConfigureHttpsDefaults(https => (https.ServerCertificate, https.SslProtocols) = (certificate, options.TlsVersions));
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        app.Map("/EWS/{**path}", (RequestDelegate)front.Serve);
        app.Map("/autodiscover/{**path}", (RequestDelegate)new AutodiscoverFront(autodiscover, organisation, gate).Serve);
        ControlSwitches.Map(ControlApi.Map(app, organisation, requests, faults, options.TimeProvider), organisation, delays);
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses
            .Select(a => new Uri(a))
            .ToList();
        return new SimulatedExchange(app, addresses[0], organisation, requests, faults, endpoint)
        {
            Addresses = addresses,
            Autodiscover = autodiscover
        };
    }

    /// <summary>Runs until the host is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
