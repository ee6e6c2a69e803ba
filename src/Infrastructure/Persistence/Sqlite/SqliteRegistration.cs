using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Infrastructure.Persistence.Sqlite;

internal static class SqliteRegistration
{
    public static IServiceCollection AddSqlite(this IServiceCollection services) => services
        .AddSingleton<SqliteDatabase>()
        .AddSingleton<Database>(provider => provider.GetRequiredService<SqliteDatabase>())
        .AddSingleton<IDeletedBytes, DeletedBytes>()
        .AddSingleton<IDatabaseStart, DatabaseMigration>()
        .AddSingleton<IDatabaseProbe, DatabaseProbe>();
}
