using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Infrastructure.Persistence.Erasing;
using CleanSync.Infrastructure.Persistence.Moving;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.Infrastructure.Persistence.Postgres.Moving;
using CleanSync.Infrastructure.Persistence.Postgres.Nodes;
using CleanSync.Infrastructure.Persistence.Postgres.Start;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Infrastructure.Persistence.Postgres;

internal static class PostgresRegistration
{
    public static IServiceCollection AddPostgres(this IServiceCollection services, DatabaseOptions options, SyncOptions sync) => services
        .AddSingleton(PostgresSettings.Of(options, sync))
        .AddSingleton<PostgresDatabase>()
        .AddMeasured<PostgresDatabase>()
        .AddSingleton<IDeletedBytes, PostgresDeletedBytes>()
        .AddSingleton<IDatabaseStart, PostgresStart>()
        .AddSingleton<IDatabaseProbe, PostgresProbe>()
        .AddTransient<IMoveTarget, PostgresTarget>()
        .AddSingleton<ICalendarClaims, CalendarClaims>()
        .AddSingleton<IWorkLeases, WorkLeases>()
        .AddSingleton<INotificationNews, NotificationNews>()
        .AddSingleton<NotificationExchange>();
}
