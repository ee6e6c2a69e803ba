using CleanSync.Application;
using CleanSync.Application.Syncing.Locks;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Postgres;
using CleanSync.Infrastructure.Traffic.Shares;
using CleanSync.Model.Databases;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleanSync.Model.Histories;

/// <summary>
/// One life of CleanSync, from start to crash, without HTTP, hosted jobs or a wall clock: it does what it is asked to, nothing by itself.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Node(ServiceProvider services) => this.services = services;

    public AnnouncedPushes AnnouncedPushes => Get<AnnouncedPushes>();

    /// <summary>
    /// As the process starts: the schema is brought up to date, and leases from before are gone, because one process holds an SQLite file.
    /// </summary>
    public static async Task<Node> Start(
        string folder,
        string? server,
        string name,
        TimeProvider clock,
        Troubles troubles,
        Watch watch,
        INewIds ids,
        Func<HttpMessageHandler> exchange)
    {
        var node = Open(folder, server, name, clock, troubles, watch, ids, exchange);
        await node.services.MigrateDatabase();
        return node;
    }

    /// <summary>On a database that is in use.</summary>
    /// <param name="server">The database on PostgreSQL; null for the file in the folder.</param>
    /// <param name="beside">One process holds a folder, and several nodes are tried here all the same: this one goes without the lock, as a
    /// command does.</param>
    public static Node Open(
        string folder,
        string? server,
        string name,
        TimeProvider clock,
        Troubles troubles,
        Watch watch,
        INewIds ids,
        Func<HttpMessageHandler> exchange,
        bool beside = false)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Database:Path"] = Path.Combine(folder, "cleansync.db"),
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
            ["Connection:AllowPlainHttp"] = "true",
            ["Connection:AllowLocalAddresses"] = "true",
            ["Scheduling:Enabled"] = "false",
            ["Sync:Parallelism"] = "1",
            ["Sync:NodeName"] = name,
        };
        if (server is not null)
        {
            // A process that was killed has its name for as long as a lease.
            settings["Sync:NodeName"] = $"{name}-{Guid.NewGuid():N}";
            foreach (var (key, value) in TestDatabases.Settings(TestDatabases.ConnectionString(server))) settings[key] = value;
        }

        var registered = new ServiceCollection()
            .AddSingleton(clock)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton<NotedExceptions>()
            .AddSingleton(typeof(ILogger<>), typeof(UnhandledExceptionLogger<>))
            .AddApplication()
            .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), beside)
            .AddSingleton(ids)
            .AddSingleton<IJitter>(new SeededJitter(1))
            .AddSingleton<AnnouncedPushes>()
            .AddSingleton<ICalendarQueue>(p => p.GetRequiredService<AnnouncedPushes>())
            .AddSingleton<ExchangeTransport>(_ => exchange())
            .AddSingleton<IMailboxLeases>(
                p => new TroubledLeases(ActivatorUtilities.CreateInstance<MailboxLeases>(p), troubles, watch, clock))
            .AddSingleton<ISyncStore>(p => new TroubledStore(
                ActivatorUtilities.CreateInstance<SyncStore>(p),
                p.GetRequiredService<Database>(),
                p.GetRequiredService<IMailboxLeases>(),
                p.GetRequiredService<ISyncedEventRepository>(),
                troubles,
                watch,
                clock));
        if (server is not null) registered.AddSingleton<ICallShares, WholeShare>(); // a share is asked for by a clock that moves by itself
        var services = registered.BuildServiceProvider();
        if (server is not null) services.GetRequiredService<PostgresDatabase>().StandInClock = clock;
        return new Node(services);
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<T> Send<T>(IRequest<T> request) => Get<IMediator>().Send(request);

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
