using CleanSync.Api.Health;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Infrastructure.Persistence.Postgres;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>
/// The whole application in this process, on a real database file. Nothing runs by the clock: passes start when the test asks for them,
/// pushes when something waits.
/// </summary>
/// <param name="data">A data folder that outlives this host; without one it has its own.</param>
internal class CleanSyncHost(TemporaryFolder? data = null) : WebApplicationFactory<HealthView>
{
    private readonly Dictionary<string, string> settings = [];

    public TemporaryFolder Data { get; } = data ?? new();

    /// <summary>What stands in for parts of the application.</summary>
    public Action<IServiceCollection> Replaced { get; init; } = _ => { };

    public CapturedLogs Logs { get; } = new();

    public CleanSyncHost With(string setting, string value)
    {
        settings[setting] = value;
        return this;
    }

    /// <param name="key">Whose; an admin's when it is left out.</param>
    /// <param name="tap">Sees every call and its answer.</param>
    public CleanSyncClient Client(CancellationToken ct, string? key = null, DelegatingHandler? tap = null)
    {
        var http = tap is null ? CreateClient() : CreateDefaultClient(tap);
        http.DefaultRequestHeaders.Add("X-Api-Key", key ?? TestKeys.Admin);
        http.Timeout = TimeSpan.FromMinutes(3);
        return new CleanSyncClient(http, ct);
    }

    /// <summary>Sends a command as a background job does, and waits until all that is in the queue is done.</summary>
    public async Task Send(IRequest request, CancellationToken ct)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
        await Services.GetRequiredService<CalendarWorker>().Drain(ct);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (setting, value) in HostSettings.Of(Data).Concat(settings)) builder.UseSetting(setting, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        builder.ConfigureTestServices(services =>
        {
            services.AddTestKeys().AddSingleton<IHostedService, StandInClock>();
            Replaced(services);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;
        if (data is null) Data.Dispose();
        Logs.Dispose();
    }

    /// <summary>PostgreSQL's own clock cannot be moved: where the test moves the application's, that one judges leases too.</summary>
    private sealed class StandInClock(IServiceProvider services, TimeProvider time) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (time is FakeTimeProvider && services.GetService<PostgresDatabase>() is { } database) database.StandInClock = time;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
