using CleanSync.Application.Traffic;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Traffic.Shares;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Infrastructure.Traffic;

internal static class TrafficRegistration
{
    /// <param name="isShared">Several nodes may work on the database.</param>
    public static IServiceCollection AddTraffic(this IServiceCollection services, bool isShared)
    {
        if (isShared)
        {
            services
                .AddSingleton<CallSlots>()
                .AddSingleton<SharedCalls>()
                .AddSingleton<ICallShares>(provider => provider.GetRequiredService<SharedCalls>())
                .AddHostedService<CallShareLoop>();
        }
        else
        {
            services.AddSingleton<ICallShares, WholeShare>();
        }

        return services.AddGovernor();
    }

    private static IServiceCollection AddGovernor(this IServiceCollection services) => services
        .AddSingleton<LogonLimit>()
        .AddSingleton<LogonRescue>()
        .AddSingleton<CredentialCircuit>()
        .AddSingleton<TrafficGovernor>()
        .AddSingleton<ITrafficView>(provider => provider.GetRequiredService<TrafficGovernor>());
}
