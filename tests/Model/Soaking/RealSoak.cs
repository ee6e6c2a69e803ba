using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using CleanSync.Application;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Application.StaffCalendarLinks;
using CleanSync.Application.SyncedEvents;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Infrastructure;
using CleanSync.Model.VirtualTime;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CleanSync.Model.Soaking;

/// <summary>
/// CleanSync and the simulator over real sockets and NTLM: how long a change in Outlook takes to be readable, and how many connections
/// there are while streams close and break. Nothing is polled.
/// </summary>
internal static class RealSoak
{
    private const int Mailboxes = 20;
    private const string AccountName = "svc-booking@contoso.example", Password = "Correct-Horse-7";

    public static async Task<int> Run(int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("cleansync-soak-").FullName;
        await using var exchange = await SimulatedExchange.StartAsync(new SimulatorOptions());
        exchange.Organisation.GrantImpersonation(exchange.Organisation.AddAccount(AccountName, Password));
        for (var i = 0; i < Mailboxes; i++) exchange.Organisation.AddMailbox(Address(i));
        using var host = Build(folder);
        await host.Services.MigrateDatabase();
        await host.StartAsync();
        await Connect(host.Services, exchange.EwsUrl);
        await Until(() => Task.FromResult(exchange.Organisation.Notifications.HeardSubscriptions == Mailboxes));
        var (lags, most) = await Edit(host.Services, exchange, seconds);
        lags.Sort();
        var last = Connections(exchange.BaseUrl.Port);
        await host.StopAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {lags.Count} changes of {Mailboxes} mailboxes: p50 {lags[lags.Count / 2]:0} ms, p95 {lags[lags.Count * 95 / 100]:0} ms, most {lags[^1]:0} ms
            TCP connections: most {most}, at the end {last}; subscriptions left after the stop: {exchange.Organisation.Notifications.SubscribedMailboxes.Count}
            """));
        Directory.Delete(folder, recursive: true);
        return lags[lags.Count * 95 / 100] <= 2000 ? 0 : 1;
    }

    private static IHost Build(string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Path"] = Path.Combine(folder, "cleansync.db"),
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
            ["Connection:AllowPlainHttp"] = "true",
            ["Connection:AllowLocalAddresses"] = "true",
            ["Sync:PollInterval"] = "12:00:00",
            ["Sync:PollIntervalWhenStreaming"] = "12:00:00",
            ["Notifications:SteadyAfter"] = "10", // or the pauses grow, since every stream here ends after 15 seconds
        });
        builder.Services.AddApplication().AddInfrastructure(builder.Configuration);
        return builder.Build();
    }

    private static async Task Connect(IServiceProvider services, Uri address)
    {
        var settings = VirtualExchange.Settings with
        {
            ServerAddress = address,
            Authentication = AuthenticationType.Ntlm,
            UserName = AccountName,
        };
        var integration = (await Send(services, new ConnectExchange(settings, Password))).Value.Id;
        for (var i = 0; i < Mailboxes; i++) await Send(
            services, new PutStaffLink(Staff(i), Staff(i), integration, Address(i), "Europe/Berlin"));
        if ((await Send(services, new AuthorizeIntegration(integration))).Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Message);
    }

    /// <summary>One change after another, each until it can be read; every 15 seconds the streams end in order or break.</summary>
    private static async Task<(List<double> Lags, int Most)> Edit(IServiceProvider services, SimulatedExchange exchange, int seconds)
    {
        var (lags, most, watch, troubles) = (new List<double>(), 0, Stopwatch.StartNew(), 0);
        for (var n = 0; watch.Elapsed.TotalSeconds < seconds; n++)
        {
            var (mailbox, title) = (n % Mailboxes, $"Event {n}");
            var start = TimeProvider.System.GetUtcNow().AddDays(1 + n / Mailboxes % 200);
            var changed = Stopwatch.StartNew();
            exchange.Organisation.Mailbox(Address(mailbox)).Person.Adds(new EventDraft(title, start, start.AddHours(1)));
            await Until(async () => (await Send(services,
                new GetStaffCalendar(Staff(mailbox), start.AddMinutes(-1), start.AddMinutes(1)))).Value.Entries.Any(e => e.Title == title));
            lags.Add(changed.Elapsed.TotalMilliseconds);
            most = Math.Max(most, Connections(exchange.BaseUrl.Port));
            if (watch.Elapsed.TotalSeconds < 15 * (troubles + 1)) continue;
            if (troubles++ % 2 == 0) exchange.Organisation.Notifications.AbortAll();
            else exchange.Organisation.Notifications.CloseAll();
        }

        return (lags, most);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await holds()) await beat.WaitForNextTickAsync();
    }

    private static async Task<T> Send<T>(IServiceProvider services, IRequest<T> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private static int Connections(int port) =>
        IPGlobalProperties.GetIPGlobalProperties()
            .GetActiveTcpConnections()
            .Count(c => c.State is TcpState.Established && c.RemoteEndPoint.Port == port);

    private static string Staff(int i) => $"staff{i:00}";

    private static string Address(int i) => $"{Staff(i)}@contoso.example";
}
