using CleanSync.Application;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.Syncing.Queue;
using CleanSync.Application.Syncing.Storing;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Infrastructure;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Scheduling;
using CleanSync.Model.Histories;
using CleanSync.Model.VirtualTime;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CleanSync.Benchmarks.Pressure;

/// <summary>The crowd over HTTP with a simulator of 50 ms per call, in real time: about two minutes each.</summary>
internal static class SocketPressure
{
    private static readonly TimeSpan Eventually = TimeSpan.FromMinutes(2);

    public static async Task<Lags> Play(bool withFaults)
    {
        using var files = new DataFiles();
        await using var exchange = await SimulatedExchange.StartAsync(new SimulatorOptions { Latency = TimeSpan.FromMilliseconds(50) });
        var account = exchange.Organisation.AddAccount(VirtualExchange.AccountName, VirtualExchange.Password);
        exchange.Organisation.GrantImpersonation(account);
        for (var i = 0; i < Crowd.Mailboxes; i++) exchange.Organisation.AddMailbox(VirtualExchange.AddressOf(i));
        var seen = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await using var node = Node(files.Folder, seen);
        await node.MigrateDatabase();
        await Connect(node, exchange.EwsUrl);
        using var stop = new CancellationTokenSource();
        var loops =
            new[]
            {
                Beat(node, new QueueDueCalendars(), 2, stop.Token),
                Beat(node, new QueueDuePushes(), 10, stop.Token),
                node.GetRequiredService<CalendarWorkerLoop>().Work(stop.Token)
            };
        await Task.Delay(TimeSpan.FromSeconds(30), stop.Token);
        if (withFaults) Break(exchange, account);
        var made = (await Task.WhenAll(Crowd.Healthy.Select(m => Work(exchange, m)))).SelectMany(m => m).ToList();
        var late = TimeProvider.System.GetUtcNow() + Eventually;
        while (Missing(made, seen) > 0 && TimeProvider.System.GetUtcNow() < late) await Task.Delay(100, stop.Token);
        if (Missing(made, seen) is var missing and > 0) Console.WriteLine($"{missing} changes were not seen within {Eventually}");
        await stop.CancelAsync();
        await Task.WhenAll(loops).ContinueWith(_ => { }, TaskScheduler.Default);
        lock (seen) return new Lags([.. made.Where(m => seen.ContainsKey(m.Item)).Select(m => seen[m.Item] - m.At)]);
    }

    private static int Missing(List<(string Item, DateTimeOffset At)> made, Dictionary<string, DateTimeOffset> seen)
    {
        lock (seen) return made.Count(m => !seen.ContainsKey(m.Item));
    }

    private static void Break(SimulatedExchange exchange, ExchangeSimulator.Accounts.Account account)
    {
        for (var i = 0; i < Crowd.Mailboxes; i++)
        {
            var address = VirtualExchange.AddressOf(i);
            if (Crowd.Hangs(i)) exchange.Faults.Next(new Fault.Withhold(new Hold()), mailbox: address, times: int.MaxValue);
            if (Crowd.IsDenied(i)) exchange.Organisation.DenyImpersonation(account, address);
            if (Crowd.IsThrottled(i))
                exchange.Faults.Next(new Fault.Soap("ErrorServerBusy", 20_000), mailbox: address, times: int.MaxValue);
        }
    }

    private static async Task<List<(string Item, DateTimeOffset At)>> Work(SimulatedExchange exchange, int mailbox)
    {
        var (random, made) = (new Random(mailbox), new List<(string, DateTimeOffset)>());
        for (var i = 0; i < 2; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * 60));
            var now = TimeProvider.System.GetUtcNow();
            made.Add((exchange.Organisation.Mailbox(VirtualExchange.AddressOf(mailbox)).Person.Adds(new EventDraft("Dentist",
                now.AddDays(1),
                now.AddDays(1).AddHours(1))), now));
        }

        return made;
    }

    private static ServiceProvider Node(string folder, Dictionary<string, DateTimeOffset> seen)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Database:Path"] = Path.Combine(folder, "cleansync.db"),
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
            ["Connection:AllowPlainHttp"] = "true",
            ["Connection:AllowLocalAddresses"] = "true",
            ["Scheduling:Enabled"] = "false",
            ["Sync:PollInterval"] = "30",
        };
        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddApplication()
            .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<ISyncStore>(p => new NotedStore(ActivatorUtilities.CreateInstance<SyncStore>(p), seen, TimeProvider.System))
            .AddSingleton<CalendarWorkerLoop>()
            .BuildServiceProvider();
    }

    private static async Task Connect(ServiceProvider node, Uri address)
    {
        var mediator = node.GetRequiredService<IMediator>();
        var settings = VirtualExchange.Settings with { ServerAddress = address };
        var integration = (await mediator.Send(new ConnectExchange(settings, VirtualExchange.Password))).Value.Id;
        for (var i = 0; i < Crowd.Mailboxes; i++)
            await mediator.Send(
                new PutStaffLink(VirtualNode.Staff(i), VirtualNode.Staff(i), integration, VirtualExchange.AddressOf(i), "Europe/Berlin"));
        if ((await mediator.Send(new AuthorizeIntegration(integration))).Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Message);
    }

    private static async Task Beat(ServiceProvider node, IRequest what, int seconds, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await node.GetRequiredService<IMediator>().Send(what, ct);
            await Task.Delay(TimeSpan.FromSeconds(seconds), ct);
        }
    }
}
