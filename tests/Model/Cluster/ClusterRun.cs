using System.Diagnostics;
using System.Globalization;
using CleanSync.ExchangeSimulator;
using CleanSync.StorageTests.Databases;

namespace CleanSync.Model.Cluster;

/// <summary>
/// Two real processes on one PostgreSQL against the simulator, while people work on both sides: every half a minute one node, never both,
/// is killed and started again, or stands still for longer than a lease. At rest both sides show the same, nothing is lost or there twice,
/// every calendar was synced in time, and the server has never counted more calls at once than the limit.
/// </summary>
internal sealed class ClusterRun(int links, int seconds, int seed, TextWriter to)
{
    private const string AccountName = "svc-booking@contoso.example", Password = "Correct-Horse-7", Database = "cluster";
    private const int CallsAtOnce = 6;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5), LeaseMargin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(30), Between = TimeSpan.FromSeconds(30);

    /// <summary>A lease that was renewed before a call, the node's own beats, and what two shared cores take.</summary>
    private static readonly TimeSpan LongestOverdue = LeaseFor + CallTimeout + LeaseMargin + TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(4);

    private readonly Random dice = new(seed);
    private readonly List<NodeProcess> nodes = [];

    /// <summary>The command.</summary>
    public static async Task<int> Run(string[] args)
    {
        var seed = Number(args, "--seed", Environment.TickCount & 0xFFFFF);
        var broken = await new ClusterRun(Number(args, "--links", 1000), Number(args, "--minutes", 6) * 60, seed, Console.Out).Run();
        return broken.Count == 0 ? 0 : 1;
    }

    /// <summary>The laws that were broken.</summary>
    public async Task<IReadOnlyList<string>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("cleansync-cluster-").FullName;
        var database = await PostgresServer.Start();
        await using var exchange = await SimulatedExchange.StartAsync(new SimulatorOptions());
        exchange.Organisation.GrantImpersonation(exchange.Organisation.AddAccount(AccountName, Password));
        for (var link = 0; link < links; link++) exchange.Organisation.AddMailbox(ClusterOffice.Address(link), "UTC");
        try
        {
            await database.Create(Database);
            var key = await Begin(folder, database);
            using var office = new ClusterOffice(nodes, exchange.Organisation, key, links, new Random(seed));
            var laws = new ClusterLaws(database, Database, exchange, office, CallsAtOnce);
            await Connect(office, exchange.EwsUrl);
            exchange.Requests.Clear();
            await Work(office, laws);
            await Rest(laws);
            foreach (var node in nodes) to.WriteLine($"{node.Name} stopped in {(await node.Stop()).TotalSeconds:0.0} s");
            Tell(office, laws, exchange);
            return laws.Broken;
        }
        finally
        {
            foreach (var node in nodes) node.Dispose();
            database.Stop();
            if (to == Console.Out) to.WriteLine($"The nodes' logs are in {folder}");
            else Directory.Delete(folder, recursive: true);
        }
    }

    private static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    /// <summary>An admin's key, and both nodes.</summary>
    private async Task<string> Begin(string folder, PostgresServer database)
    {
        var program = Path.Combine(RepositoryRoot.Path, "src/Api/bin/Release/net10.0/CleanSync.Api.dll");
        var settings = new Dictionary<string, string>
        {
            ["Database:Provider"] = "Postgres",
            ["Database:ConnectionString"] = database.ConnectionString(Database).Replace("Maximum Pool Size=20", "Maximum Pool Size=40", StringComparison.Ordinal),
            ["Database:Path"] = Path.Combine(folder, "cleansync.db"),
            ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
            ["Connection:AllowPlainHttp"] = "true",
            ["Connection:AllowLocalAddresses"] = "true",
            ["Sync:CallTimeout"] = $"{CallTimeout:c}",
            ["Sync:LeaseMargin"] = $"{LeaseMargin:c}",
            ["Sync:LeaseFor"] = $"{LeaseFor:c}",
            ["Sync:PollInterval"] = $"{PollInterval:c}",
            ["Sync:PollIntervalWhenStreaming"] = $"{PollInterval:c}",
            ["Sync:CallsAtOnce"] = CallsAtOnce.ToString(CultureInfo.InvariantCulture),
            ["Sync:AttemptGrace"] = "00:00:05",
        };
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[program, "keys", "create", "--name", "cluster", "--role", "admin", "--new"])
            start.ArgumentList.Add(argument);
        foreach (var (setting, value) in settings) start.ArgumentList.Add($"--{setting}={value}");
        using var keys = Process.Start(start)!;
        var key = (await keys.StandardOutput.ReadToEndAsync()).Trim();
        await keys.WaitForExitAsync();
        foreach (var name in (string[])["north", "south"])
        {
            var node = new NodeProcess(name, program, settings, Path.Combine(folder, $"{name}.log"));
            nodes.Add(node);
            node.Start();
        }

        foreach (var node in nodes) await node.UntilReady();
        return key;
    }

    private async Task Connect(ClusterOffice office, Uri address)
    {
        var watch = Stopwatch.StartNew();
        var integration = await office.Call(
            HttpMethod.Post,
            "api/v1/integrations",
            new
            {
                displayName = "Cluster",
                serverAddress = address,
                authentication = "Ntlm",
                userName = AccountName,
                password = Password,
                exchangeVersion = "Exchange2016",
                useImpersonation = true,
                showEventTitles = true,
                horizonMonths = 12,
                reminderMinutes = 15,
            });
        var id = integration["id"]!.GetValue<Guid>();
        for (var link = 0; link < links; link++)
        {
            var (staffName, mailboxAddress) = (ClusterOffice.Staff(link), ClusterOffice.Address(link));
            await office.Call(
                HttpMethod.Put, $"api/v1/staff/{staffName}/link", new { staffName, integrationId = id, mailboxAddress, timeZone = "UTC" });
        }

        await office.Call(HttpMethod.Post, $"api/v1/integrations/{id}/authorize");
        await Until(async () => (await office.Call(HttpMethod.Get, "api/v1/staff?limit=1"))["syncing"]!.GetValue<int>() == links, LongestRest);
        to.WriteLine($"{links} calendars were read for the first time after {watch.Elapsed.TotalSeconds:0} s; seed {seed}");
    }

    private async Task Work(ClusterOffice office, ClusterLaws laws)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var trouble = Trouble(end.Token);
        var watch = Stopwatch.StartNew();
        for (var look = TimeSpan.Zero; !end.IsCancellationRequested;)
        {
            await office.Act();
            await Task.Delay(TimeSpan.FromMilliseconds(150));
            if (watch.Elapsed < look) continue;
            await laws.Look(LongestOverdue);
            look = watch.Elapsed + TimeSpan.FromSeconds(2);
        }

        await trouble;
    }

    /// <summary>A node that stands still does so for longer than any lease of it lasts.</summary>
    private async Task Trouble(CancellationToken end)
    {
        var frozenFor = seconds < 120 ? LeaseFor + CallTimeout + LeaseMargin + TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(60);
        var pause = seconds < 120 ? TimeSpan.FromSeconds(5) : Between;
        for (var n = 0; ; n++)
        {
            await Task.Delay(pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested) return;
            var node = nodes[dice.Next(nodes.Count)];
            if (n % 2 == 0)
            {
                to.WriteLine($"{node.Name} is killed and started again");
                await node.Kill();
                node.Start();
                await node.UntilReady();
            }
            else
            {
                to.WriteLine($"{node.Name} stands still for {frozenFor.TotalSeconds:0} s");
                await node.Freeze();
                await Task.Delay(frozenFor, CancellationToken.None);
                await node.Thaw();
            }
        }
    }

    private async Task Rest(ClusterLaws laws)
    {
        IReadOnlyList<string> differences = [];
        await Until(async () => (differences = await laws.Differences(links)).Count == 0, LongestRest, () => string.Join("; ", differences));
    }

    private static async Task Until(Func<Task<bool>> holds, TimeSpan longest, Func<string>? why = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > longest) throw new TimeoutException($"After {longest} still not: {why?.Invoke() ?? "all is in sync"}");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private void Tell(ClusterOffice office, ClusterLaws laws, SimulatedExchange exchange)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {office.Bookings.Count} bookings, {office.Events.Count} events in Outlook at the end, {exchange.Requests.Count()} calls
            at most {laws.MostCalls} calls at once with a limit of {CallsAtOnce}; the longest overdue calendar {laws.LongestOverdue.TotalSeconds:0} s
            broken: {(laws.Broken.Count == 0 ? "nothing" : string.Join("; ", laws.Broken.Take(5)))}
            """));
    }
}
