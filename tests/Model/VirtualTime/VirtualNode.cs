using CleanSync.Application;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Passes;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Domain.SyncedEvents;
using CleanSync.Infrastructure;
using CleanSync.Infrastructure.Exchange.Calls;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Scheduling;
using CleanSync.Infrastructure.Scheduling.Clocks;
using CleanSync.Model.Histories;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleanSync.Model.VirtualTime;

/// <summary>
/// One running CleanSync on the virtual thread: the product's own registrations and its own rhythm, without HTTP and Quartz.
/// </summary>
internal sealed class VirtualNode : IAsyncDisposable
{
    private readonly VirtualThread thread;
    private readonly ServiceProvider services;
    private readonly List<Task> loops = [];
    private readonly CancellationTokenSource stopped = new();

    private VirtualNode(VirtualThread thread, ServiceProvider services) => (this.thread, this.services) = (thread, services);

    /// <summary>As the process starts; nothing runs by itself before <see cref="Begin"/>.</summary>
    /// <param name="settings">Beside the defaults, under the names of the configuration.</param>
    public static async Task<VirtualNode> Start(
        VirtualThread thread,
        VirtualExchange exchange,
        string folder,
        params (string Key, string Value)[] settings)
    {
        var configured = new Dictionary<string, string?>
        {
            ["Database:Path"] = Path.Combine(folder, "cleansync.db"),
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
            ["Connection:AllowPlainHttp"] = "true",
            ["Connection:AllowLocalAddresses"] = "true",
            ["Scheduling:Enabled"] = "false",
        };
        foreach (var (key, value) in settings) configured[key] = value;
        var seen = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var log = new NotedLog();
        var registered = new ServiceCollection()
            .AddSingleton<TimeProvider>(thread.Clock)
            .AddSingleton(log)
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NotedLogger<>))
            .AddApplication()
            .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(configured).Build())
            .AddSingleton<INewIds>(new SeededIds(thread.Clock, 1))
            .AddSingleton<ExchangeTransport>(_ => exchange.Connect())
            .AddSingleton<IJitter>(new SeededJitter(1))
            .AddSingleton<ISyncStore>(p => new NotedStore(ActivatorUtilities.CreateInstance<SyncStore>(p), seen, thread.Clock))
            .AddSingleton<CalendarWorkerLoop>()
            .AddSingleton<SubscriptionLoop>()
            .AddSingleton<ClockLoop>();
        var node = new VirtualNode(thread, registered.BuildServiceProvider()) { Seen = seen, Log = log.Lines };
        await node.services.MigrateDatabase();
        return node;
    }

    /// <summary>What it logged as a warning or worse.</summary>
    public required IReadOnlyList<string> Log { get; init; }

    /// <summary>When each event of Exchange was first stored, by its item id.</summary>
    public required IReadOnlyDictionary<string, DateTimeOffset> Seen { get; init; }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<T> Send<T>(IRequest<T> request) => Get<IMediator>().Send(request);

    /// <summary>The heartbeats and the push dispatcher run from now on, as the scheduler would run them.</summary>
    /// <param name="listens">It listens to Exchange's notifications too.</param>
    public void Begin(bool listens = false)
    {
        var beats = Get<SchedulingOptions>();
        loops.Add(Get<ClockLoop>().Watch(stopped.Token));
        loops.Add(Beat(new QueueDueCalendars(), beats.SyncHeartbeat));
        loops.Add(Beat(new QueueDuePushes(), beats.PushInterval));
        loops.Add(Get<CalendarWorkerLoop>().Work(stopped.Token));
        if (!listens) return;
        loops.Add(Get<SubscriptionLoop>().Listen(stopped.Token));
    }

    /// <summary>
    /// An active integration through impersonation with a link for each mailbox of the organisation; their first pass has not run.
    /// </summary>
    public async Task<Guid> Connect(int mailboxes, string password = VirtualExchange.Password)
    {
        var integration = (await Send(new ConnectExchange(VirtualExchange.Settings, password))).Value.Id;
        for (var i = 0; i < mailboxes; i++)
            await Send(new PutStaffLink(Staff(i), Staff(i), integration, VirtualExchange.AddressOf(i), "Europe/Berlin"));
        if ((await Send(new AuthorizeIntegration(integration))).Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Message);
        return integration;
    }

    public static string Staff(int mailbox) => $"staff{mailbox:000}";

    public async Task<StaffCalendarLink> Link(int mailbox) =>
        (await Get<IStaffCalendarLinkRepository>().FindByStaff(Staff(mailbox), default))!;

    /// <summary>How many events that CleanSync did not make it knows of in that calendar.</summary>
    public async Task<int> Events(int mailbox) =>
        (await Get<ISyncedEventRepository>().OfLink((await Link(mailbox)).Id, default)).Count(e => e.Kind is EventKind.External);

    /// <summary>Waits on virtual time until this holds; it is looked at again every 100 ms.</summary>
    public async Task Until(Func<Task<bool>> holds, TimeSpan atMost)
    {
        var late = thread.Now + atMost;
        while (!await holds())
        {
            if (thread.Now > late) throw new TimeoutException($"It did not hold within {atMost} of virtual time.");
            await thread.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Ends what runs by itself, and gives up the database. Calls in flight end first.</summary>
    public async ValueTask DisposeAsync()
    {
        stopped.Cancel();
        foreach (var loop in loops) await Ended(loop);
        await services.DisposeAsync();
        stopped.Dispose();
    }

    private static async Task Ended(Task loop)
    {
        try
        {
            await loop;
        }
        catch (OperationCanceledException)
        {
            // it was told to stop
        }
    }

    private async Task Beat(IRequest what, TimeSpan pause)
    {
        while (!stopped.IsCancellationRequested)
        {
            await Get<IMediator>().Send(what);
            await thread.Delay(pause);
        }
    }
}
