using CleanSync.Application.Traffic;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Infrastructure.Traffic;

internal static class TrafficRegistration
{
    public static IServiceCollection AddTraffic(this IServiceCollection services) => services
        .AddSingleton<LogonLimit>()
        .AddSingleton<LogonRescue>()
        .AddSingleton<CredentialCircuit>()
        .AddSingleton<TrafficGovernor>()
        .AddSingleton<ITrafficView>(provider => provider.GetRequiredService<TrafficGovernor>());
}
