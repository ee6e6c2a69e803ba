using CleanSync.EndToEndTests.Hosting;
using CleanSync.Infrastructure.Traffic.Shares;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace CleanSync.EndToEndTests.Time;

/// <summary>The whole application on a clock that stands still until the test moves it.</summary>
internal sealed class ClockedHost : CleanSyncHost
{
    /// <param name="now">Where the clock stands at first.</param>
    /// <param name="replace">Further services in place of the product's own.</param>
    public ClockedHost(DateTimeOffset now, Action<IServiceCollection>? replace = null)
    {
        // a day that the test lets pass starts nothing of its own
        With("Scheduling:SyncHeartbeat", "40.00:00:00").With("Scheduling:PasswordInterval", "40.00:00:00");
        Clock = new FakeTimeProvider(now);
        Replaced = services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            // A share is asked for by a clock that moves by itself.
            services.Replace(ServiceDescriptor.Singleton<ICallShares, WholeShare>());
            replace?.Invoke(services);
        };
    }

    public FakeTimeProvider Clock { get; }
}
