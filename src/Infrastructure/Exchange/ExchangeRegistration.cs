using System.Net;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.Syncing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Infrastructure.Exchange;

internal static class ExchangeRegistration
{
    public static IServiceCollection AddExchange(this IServiceCollection services) => services
        .AddSingleton<NetworkAddresses>()
        .AddSingleton<INetworkAddresses>(services => services.GetRequiredService<NetworkAddresses>())
        .AddSingleton<ResolveName>(Dns.GetHostAddressesAsync)
        .AddSingleton<ExchangeRoutes>()
        .AddSingleton<ExchangeConnections>()
        .AddSingleton<ExchangeCalls>()
        .AddSingleton<ExchangeItems>()
        .AddSingleton<ExchangeViews>()
        .AddSingleton<ICalendarFeed, ExchangeCalendarFeed>()
        .AddSingleton<ICalendarWriter, ExchangeCalendarWriter>()
        .AddSingleton<IMeetingReplies, ExchangeMeetingReplies>()
        .AddSingleton<ICalendarDirectory, ExchangeCalendarDirectory>();
}
