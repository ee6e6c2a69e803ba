using CleanSync.Application.Syncing;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.Infrastructure.Persistence.Postgres;

internal static class PostgresRegistration
{
    public static IServiceCollection AddPostgres(this IServiceCollection services, DatabaseOptions options, SyncOptions sync) => services
        .AddSingleton(PostgresSettings.Of(options, sync))
        .AddSingleton<PostgresDatabase>()
        .AddSingleton<Database>(provider => provider.GetRequiredService<PostgresDatabase>())
        .AddSingleton<IDeletedBytes, PostgresDeletedBytes>()
        .AddSingleton<IDatabaseStart, PostgresStart>()
        .AddSingleton<IDatabaseProbe, PostgresProbe>();
}
