using CleanSync.Application;
using CleanSync.Application.AuditLog;
using CleanSync.Application.ExchangeIntegrations;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Domain.ApiKeys;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Infrastructure.Exchange;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Scheduling;
using CleanSync.Infrastructure.Security;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure;

public static class InfrastructureRegistration
{
    /// <summary>
    /// Registers every adapter. Reads <c>Database</c>, <c>Secrets</c>, <c>Sync</c>, <c>Notifications</c>, <c>Scheduling</c> and <c>Connection</c> of the configuration;
    /// touches nothing outside the process before <see cref="MigrateDatabase"/>.
    /// </summary>
    /// <param name="besideServer">True for a command, which may run while a server has the database.</param>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, IConfiguration configuration, bool besideServer = false)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new ConnectionPolicy(
            configuration.GetValue("Connection:AllowPlainHttp", false), configuration.GetValue("Connection:AllowLocalAddresses", false)));
        services.AddSingleton(ConfiguredSync.Read(configuration.GetSection("Sync")));
        services.AddSingleton(ConfiguredNotifications.Read(configuration.GetSection("Notifications")));
        var database = DatabaseOf(configuration.GetSection("Database")) with { BesideServer = besideServer };
        services.AddPersistence(database);
        services.AddSecrets(configuration, Path.Combine(database.Folder, "cleansync.key"));
        services.AddExchange();
        services.AddScheduling(SchedulingOf(configuration.GetSection("Scheduling")));
        return services.AddRequestHandlersFrom(typeof(InfrastructureRegistration).Assembly);
    }

    /// <summary>To be awaited before the host starts: takes the data folder for this process and brings the database to this version's schema.</summary>
    public static Task MigrateDatabase(this IServiceProvider services) =>
        services.GetRequiredService<DatabaseMigration>().Run(CancellationToken.None);

    /// <summary>
    /// To be awaited after <see cref="MigrateDatabase"/>: tries every stored password, and warns of files that others can read.
    /// </summary>
    public static async Task ReviewSecrets(this IServiceProvider services)
    {
        await services.GetRequiredService<SealedPasswords>().Review(CancellationToken.None);
        services.GetRequiredService<FilePermissions>().Warn();
    }

    private static void AddSecrets(this IServiceCollection services, IConfiguration configuration, string keyFile)
    {
        var key = configuration["Secrets:Key"];
        var holder = key is null ? keyFile : FileOf(configuration, "Secrets:Key");
        services
            .AddSingleton(new SecretOptions { Key = key, KeyFile = keyFile })
            .AddSingleton<SecretVault>()
            .AddSingleton<ISecretVault>(provider => provider.GetRequiredService<SecretVault>())
            .AddSingleton<SealedPasswords>()
            .AddSingleton(provider => new FilePermissions(
                provider.GetRequiredService<DatabaseOptions>(), holder, provider.GetRequiredService<ILogger<FilePermissions>>()));
    }

    /// <summary>The settings file whose value counts; null when it comes from elsewhere, such as the environment.</summary>
    private static string? FileOf(IConfiguration configuration, string setting)
    {
        var counts = (configuration as IConfigurationRoot)?.Providers.LastOrDefault(p => p.TryGet(setting, out _));
        return counts is FileConfigurationProvider { Source: { Path: { } path } source } ? source.FileProvider?.GetFileInfo(path).PhysicalPath : null;
    }

    private static void AddPersistence(this IServiceCollection services, DatabaseOptions options) => services
        .AddSingleton(options)
        .AddSingleton<Database>()
        .AddSingleton<DatabaseMigration>()
        .AddSingleton<DatabaseProbe>()
        .AddSingleton<IReadiness, NodeReadiness>()
        .AddTransient(typeof(IPipelineBehavior<,>), typeof(StorageBehavior<,>))
        .AddSingleton<ExchangeTitles>()
        .AddSingleton<TrafficRecords>()
        .AddSingleton<IPasswordExpiryNotes, PasswordExpiryNotes>()
        .AddSingleton<IApiKeyRepository, ApiKeyRepository>()
        .AddSingleton<IAuditLog, AuditRecords>()
        .AddSingleton<IExchangeIntegrationRepository, ExchangeIntegrationRepository>()
        .AddSingleton<IStaffCalendarLinkRepository, StaffCalendarLinkRepository>()
        .AddSingleton<IAppointmentRepository, AppointmentRepository>()
        .AddSingleton<ISyncedEventRepository, SyncedEventRepository>()
        .AddSingleton<IRemovalLog, RemovalLog>()
        .AddSingleton<IRemovedEvents, RemovedEvents>()
        .AddSingleton<IFormerCopies, FormerCopies>()
        .AddSingleton<IDisconnections, Disconnections>()
        .AddSingleton<IIdempotencyRecords, IdempotencyRecords>()
        .AddSingleton<IHearableCalendars, HearableCalendars>()
        .AddSingleton<IRechecks, Rechecks>()
        .AddSingleton<ISyncRuns, SyncRuns>()
        .AddSingleton<ISyncLedger, SyncLedger>()
        .AddSingleton<IMailboxLeases, MailboxLeases>();

    private static DatabaseOptions DatabaseOf(IConfiguration section)
    {
        var standard = new DatabaseOptions();
        return new DatabaseOptions
        {
            Path = section["Path"] is { Length: > 0 } path ? path : standard.Path,
            SurvivePowerCut = section.GetValue(nameof(DatabaseOptions.SurvivePowerCut), standard.SurvivePowerCut),
        };
    }

    private static SchedulingOptions SchedulingOf(IConfiguration section)
    {
        var standard = new SchedulingOptions();
        return new SchedulingOptions
        {
            Enabled = section.GetValue(nameof(SchedulingOptions.Enabled), standard.Enabled),
            SyncHeartbeat = section.Span(nameof(SchedulingOptions.SyncHeartbeat), standard.SyncHeartbeat),
            PushSweep = section.Span(nameof(SchedulingOptions.PushSweep), standard.PushSweep),
            FormerCopiesSweep = section.Span(nameof(SchedulingOptions.FormerCopiesSweep), standard.FormerCopiesSweep),
            IntegrationsHeartbeat = section.Span(nameof(SchedulingOptions.IntegrationsHeartbeat), standard.IntegrationsHeartbeat),
            PasswordSweep = section.Span(nameof(SchedulingOptions.PasswordSweep), standard.PasswordSweep),
        };
    }
}
