using System.Net;
using CleanSync.Application.ExchangeIntegrations.Diagnoses;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Syncing.Calendars;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Infrastructure.Exchange.Autodiscover;
using CleanSync.Infrastructure.Exchange.Calendars;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Exchange.Diagnosis;
using CleanSync.Infrastructure.Exchange.Notifications;
using CleanSync.Infrastructure.Exchange.Protocol.Connections;
using CleanSync.Infrastructure.Exchange.Translation;
using CleanSync.Infrastructure.Traffic;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Infrastructure.Exchange;

internal static class ExchangeRegistration
{
    public static IServiceCollection AddExchange(this IServiceCollection services) => services
        .AddSingleton<ResolveName>(Dns.GetHostAddressesAsync)
        .AddSingleton<DialAddress>(EwsRoute.DialTcp)
        .AddSingleton<ExchangeRoutes>()
        .AddSingleton<FindServiceRecords>(DnsServiceRecords.Find)
        .AddSingleton<IServerDiscovery, ExchangeServerDiscovery>()
        .AddSingleton<OpenedPasswords>()
        .AddSingleton<ExchangeConnections>()
        .AddSingleton<ILogonConnections>(provider => provider.GetRequiredService<ExchangeConnections>())
        .AddSingleton<ICallSigns, EwsCallSigns>()
        .AddSingleton<ExchangeMetrics>()
        .AddSingleton<ExchangeCalls>()
        .AddSingleton<StreamConnections>()
        .AddSingleton<INotificationChannels, StreamingChannels>()
        .AddSingleton<ExchangeItems>()
        .AddSingleton<ExchangeViews>()
        .AddSingleton<ICalendarFeed, ExchangeCalendarFeed>()
        .AddSingleton<DelegateDeletion>()
        .AddSingleton<ICalendarWriter, ExchangeCalendarWriter>()
        .AddSingleton<IMeetingReplies, ExchangeMeetingReplies>()
        .AddSingleton<ICalendarDirectory, ExchangeCalendarDirectory>()
        .AddSingleton<ExchangePasswordExpiry>()
        .AddSingleton<IPasswordExpirySource>(provider => provider.GetRequiredService<ExchangePasswordExpiry>())
        .AddSingleton<IConnectionDoctor, ConnectionDoctor>();
}
