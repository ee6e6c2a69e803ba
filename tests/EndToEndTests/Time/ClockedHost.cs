using CleanSync.Api.Health;
using CleanSync.EndToEndTests.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.EndToEndTests.Time;

/// <summary>The whole application on a clock that stands still until the test moves it.</summary>
internal sealed class ClockedHost : IAsyncDisposable
{
    // a day that the test lets pass starts nothing of its own
    private readonly CleanSyncHost files =
        new CleanSyncHost().With("Scheduling:SyncHeartbeat", "40.00:00:00").With("Scheduling:PasswordInterval", "40.00:00:00");
    private readonly WebApplicationFactory<HealthView> host;

    /// <param name="now">Where the clock stands at first.</param>
    /// <param name="replace">Further services in place of the product's own.</param>
    public ClockedHost(DateTimeOffset now, Action<IServiceCollection>? replace = null)
    {
        Clock = new FakeTimeProvider(now);
        host = files.WithWebHostBuilder(builder => builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            replace?.Invoke(services);
        }));
    }

    public FakeTimeProvider Clock { get; }

    public TemporaryFolder Data => files.Data;

    public IServiceProvider Services => host.Services;

    public CleanSyncClient Client(CancellationToken ct)
    {
        var http = host.CreateClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.Admin);
        return new CleanSyncClient(http, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await files.DisposeAsync();
    }
}
