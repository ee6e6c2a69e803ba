using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Infrastructure.Persistence.Erasing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

internal static class SqliteRegistration
{
    public static IServiceCollection AddSqlite(this IServiceCollection services) => services
        .AddSingleton<SqliteDatabase>()
        .AddMeasured<SqliteDatabase>()
        .AddSingleton<IDeletedBytes, DeletedBytes>()
        .AddSingleton<IDatabaseStart, DatabaseMigration>()
        .AddSingleton<IDatabaseProbe, DatabaseProbe>()
        .AddSingleton<IWorkLeases, SoleWorkLeases>()
        .AddSingleton<ICalendarClaims, SoleCalendarClaims>();
}
