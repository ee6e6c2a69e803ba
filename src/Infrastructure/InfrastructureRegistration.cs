using CleanSync.Application;
using CleanSync.Application.AuditLog;
using CleanSync.Application.Erasures;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.ExchangeIntegrations.Disconnecting;
using CleanSync.Application.ExchangeIntegrations.Discovery;
using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Application.Idempotency;
using CleanSync.Application.Retention;
using CleanSync.Application.Secrets;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.CleanUp;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Measuring;
using CleanSync.Application.Syncing.Notifications;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.ApiKeys;
using CleanSync.Domain.Appointments;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Domain.Syncing;
using CleanSync.Domain.Syncing.CleanUp;
using CleanSync.Infrastructure.Exchange;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Monitoring;
using CleanSync.Infrastructure.Network;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Auditing;
using CleanSync.Infrastructure.Persistence.Bookings;
using CleanSync.Infrastructure.Persistence.Erasing;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Moving;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.Infrastructure.Persistence.Postgres;
using CleanSync.Infrastructure.Persistence.Queries;
using CleanSync.Infrastructure.Persistence.Sqlite;
using CleanSync.Infrastructure.Scheduling;
using CleanSync.Infrastructure.Scheduling.Singletons;
using CleanSync.Infrastructure.Security;
using CleanSync.Infrastructure.Traffic;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CleanSync.Infrastructure;

public static class InfrastructureRegistration
{
    /// <summary>What <see cref="AddInfrastructure"/> reads of the configuration; a test fails when it reads another section.</summary>
    public static IReadOnlyList<SettingsSection> Sections { get; } =
    [
        new("Database", new DatabaseOptions()),
        new("Secrets", new SecretOptions { KeyFile = "" }),
        new("Connection", new ConnectionPolicy(AllowPlainHttp: false, AllowLocalAddresses: false)),
        new("Sync", new SyncOptions()),
        new("Notifications", new NotificationOptions()),
        new("Scheduling", new SchedulingOptions()),
        new("Retention", new RetentionOptions()),
    ];

    /// <summary>
    /// Registers every adapter. Reads <see cref="Sections"/> of the configuration; touches nothing outside the process before
    /// <see cref="MigrateDatabase"/>.
    /// </summary>
    /// <param name="besideServer">True for a command, which may run while a server has the database.</param>
    /// <param name="despiteMove">A SQLite file that was copied to another database is used all the same.</param>
    public static IServiceCollection AddInfrastructure(
        this IServiceCollection services,
        IConfiguration configuration,
        bool besideServer = false,
        bool despiteMove = false)
    {
        services.TryAddSingleton<TimeProvider>(new StoredClock());
        services.AddMetrics();
        services.AddSingleton(Read("Connection", new ConnectionPolicy(AllowPlainHttp: false, AllowLocalAddresses: false)));
        var life = new NodeLife(Guid.NewGuid());
        services.AddSingleton(life);
        var sync = ConfiguredSync.Read(configuration, life);
        services.AddSingleton(sync);
        services.AddSingleton(Read("Notifications", new NotificationOptions()));
        var database = Read("Database", new DatabaseOptions { BesideServer = besideServer, DespiteMove = despiteMove });
        if (database.Provider is DatabaseProvider.Sqlite && database.ConnectionString.Length > 0)
        {
            throw new StartRefused(
                "Database:ConnectionString is given, and Database:Provider is Sqlite. Set Database:Provider to Postgres, or take it out.");
        }

        services.AddPersistence(database);
        var isShared = database.Provider is DatabaseProvider.Postgres;
        if (isShared) services.AddPostgres(database, sync);
        else services.AddSqlite();
        services.AddSecrets(configuration, Path.Combine(database.Folder, "cleansync.key"));
        services.AddSingleton<NetworkAddresses>();
        services.AddSingleton<INetworkAddresses>(provider => provider.GetRequiredService<NetworkAddresses>());
        services.AddTraffic(isShared);
        services.AddExchange();
        services.AddSingleton(Read("Retention", new RetentionOptions()));
        var cluster = isShared ? ClusteredNode.Of(sync.NodeName, life, PostgresSettings.Of(database, sync)) : null;
        services.AddScheduling(Read("Scheduling", new SchedulingOptions()), cluster);
        return services.AddRequestHandlersFrom(typeof(InfrastructureRegistration).Assembly);

        T Read<T>(string section, T standard) where T : class => Settings.Read(section, key => configuration[key], standard);
    }

    /// <summary>
    /// To be awaited before the host starts: takes the data folder for this process, brings the database to this version's schema, and
    /// takes the node's name.
    /// </summary>
    /// <param name="mayBeNew">
    /// A command beside the server makes no database unless it was asked to: a mistyped path would pass for an empty installation.
    /// </param>
    /// <exception cref="StartRefused">It cannot be used as it is.</exception>
    public static async Task MigrateDatabase(this IServiceProvider services, bool mayBeNew = false)
    {
        var (options, start) = (services.GetRequiredService<DatabaseOptions>(), services.GetRequiredService<IDatabaseStart>());
        if (options.BesideServer && !mayBeNew && !await start.IsThere(CancellationToken.None))
        {
            throw new StartRefused(
                $"There is no database {start.Place}. Give this command the settings of the server, such as --Database:Path=FILE; "
                + "'keys create --new' makes a new one.");
        }

        await start.Run(CancellationToken.None);
        if (!options.BesideServer) await services.GetRequiredService<NodeRegistry>().Enter(CancellationToken.None);
    }

    /// <summary>The one meter of all instruments, and the source of all spans.</summary>
    public const string MeterName = SyncMetrics.Name;

    /// <summary>To be called where somebody reads the gauges: from then on the database is asked how things stand.</summary>
    public static IServiceCollection AddStateGauges(this IServiceCollection services) => services
        .AddSingleton<StateReader>()
        .AddSingleton<StateGauges>()
        .AddHostedService<StateLoop>();

    /// <summary>What counts is made, so that what is seen of the queue and of exceptions is there from the first moment on.</summary>
    public static void BeginCounting(this IServiceProvider services)
    {
        services.GetRequiredService<SyncMetrics>();
        services.GetRequiredService<ExchangeMetrics>();
    }

    /// <summary>
    /// Copies the SQLite file of Database:Path into the empty database that the settings name, and marks the file as moved.
    /// </summary>
    /// <param name="tell">Gets a line for each step, and for what has to come along.</param>
    /// <returns>How many rows were copied.</returns>
    /// <exception cref="StartRefused">It cannot be done as things are; nothing was changed.</exception>
    public static async Task<long> MoveToPostgres(this IServiceProvider services, Action<string> tell)
    {
        var time = services.GetRequiredService<TimeProvider>();
        using var file = new MovedFile(services.GetRequiredService<DatabaseOptions>(), time);
        await file.Take(CancellationToken.None);
        var stored = new ExchangeIntegrationRepository(file.Database, services.GetRequiredService<IntegrationAlerts>());
        var passwords = new SealedPasswords(
            stored, services.GetRequiredService<SecretVault>(), services.GetRequiredService<ILogger<SealedPasswords>>());
        foreach (var line in await passwords.OnTheMove(services.GetRequiredService<SecretOptions>(), CancellationToken.None)) tell(line);
        await using var target = services.GetRequiredService<IMoveTarget>();
        return await new DatabaseMove(file, target, time, tell).Run(CancellationToken.None);
    }

    /// <summary>Whether there is a database of CleanSync's; an empty one is none.</summary>
    public static Task<bool> HasDatabase(this IServiceProvider services) =>
        services.GetRequiredService<IDatabaseStart>().IsThere(CancellationToken.None);

    /// <summary>Where the database is: the full path of its file, or its name and server.</summary>
    public static string DatabasePlace(this IServiceProvider services) => services.GetRequiredService<IDatabaseStart>().Place;

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
            .AddSingleton(new SecretOptions { Key = key, FormerKey = configuration["Secrets:FormerKey"], KeyFile = keyFile })
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
        return counts is FileConfigurationProvider { Source: { Path: { } path } source }
            ? source.FileProvider?.GetFileInfo(path).PhysicalPath
            : null;
    }

    private static void AddPersistence(this IServiceCollection services, DatabaseOptions options) => services
        .AddSingleton(options)
        .AddSingleton<IReadiness, NodeReadiness>()
        .AddTransient(typeof(IPipelineBehavior<,>), typeof(StorageBehavior<,>))
        .AddSingleton<ExchangeTitles>()
        .AddSingleton<TrafficRecords>()
        .AddSingleton<IPasswordSeals, PasswordSeals>()
        .AddSingleton<RefusedLogons>()
        .AddSingleton<LogonRescues>()
        .AddSingleton<ClockRecords>()
        .AddSingleton<TimesToCome>()
        .AddSingleton<IPasswordExpiryNotes, PasswordExpiryNotes>()
        .AddSingleton<IApiKeyRepository, ApiKeyRepository>()
        .AddSingleton<IAuditLog, AuditRecords>()
        .AddSingleton<IAuditNames, AuditRecords>()
        .AddSingleton<IAuditArchive, AuditArchive>()
        .AddSingleton<IExchangeIntegrationRepository, ExchangeIntegrationRepository>()
        .AddSingleton<IStaffCalendarLinkRepository, StaffCalendarLinkRepository>()
        .AddSingleton<IAppointmentRepository, AppointmentRepository>()
        .AddSingleton<ISyncedEventRepository, SyncedEventRepository>()
        .AddSingleton<IRemovalLog, RemovalLog>()
        .AddSingleton<IRemovedEvents, RemovedEvents>()
        .AddSingleton<ICleanUpItems, CleanUpItems>()
        .AddSingleton<IDisconnections, Disconnections>()
        .AddSingleton<ILinkDeletions, LinkDeletions>()
        .AddSingleton<IIdempotencyRecords, IdempotencyRecords>()
        .AddSingleton<ISubscribableCalendars, SubscribableCalendars>()
        .AddSingleton<IRechecks, Rechecks>()
        .AddSingleton<IErasures, Erasures>()
        .AddSingleton<IOldRecords, OldRecords>()
        .AddSingleton<ISyncRuns, SyncRuns>()
        .AddSingleton<IntegrationAlerts>()
        .AddSingleton<IIntegrationTroubles, IntegrationTroubles>()
        .AddSingleton<ISyncStore, SyncStore>()
        .AddSingleton<NodeRegistry>()
        .AddSingleton<IMailboxLeases, MailboxLeases>();
}
