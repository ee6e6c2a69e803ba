using System.Diagnostics;
using System.Globalization;
using CleanSync.ExchangeSimulator;
using CleanSync.Model;
using CleanSync.Model.Cluster;
using CleanSync.StorageTests.Databases;
using Npgsql;

namespace CleanSync.Benchmarks.Nodes;

/// <summary>
/// An idle round: every calendar is due at once, and nothing has changed in it. Two nodes against one, in the same run, on one PostgreSQL,
/// with 50 ms for each call to Exchange and 16 calendars side by side on a node.
/// </summary>
internal static class NodesBenchmark
{
    private const int Integrations = 20, Workers = 16, Rounds = 3;
    private const double Expected = 1.7;
    private const string Database = "nodes", Password = "Correct-Horse-7";

    public static async Task<int> Run(string[] args)
    {
        var links = Array.IndexOf(args, "--links") is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 2000;
        var folder = Directory.CreateTempSubdirectory("cleansync-nodes-").FullName;
        var database = await PostgresServer.Start();
        await using var exchange = await SimulatedExchange.StartAsync(new SimulatorOptions { Latency = TimeSpan.FromMilliseconds(50) });
        var nodes = new List<NodeProcess>();
        try
        {
            await database.Create(Database);
            var (settings, program) = (Settings(folder, database), Program());
            var key = await Key(program, settings);
            await Add("north");
            using var office = new ClusterOffice(nodes, exchange.Organisation, key, links, new Random(1));
            await Connect(office, exchange, links);
            var one = await Fastest(database, "one node");
            await Add("south");
            var two = await Fastest(database, "two nodes");
            var ratio = one / two;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"an idle round of {links} calendars: one node {one.TotalSeconds:0.0} s, two {two.TotalSeconds:0.0} s, ratio {ratio:0.00} (at least {Expected}): {(ratio >= Expected ? "pass" : "short")}"));
            return ratio >= Expected ? 0 : 1;

            async Task Add(string name)
            {
                var node = new NodeProcess(name, program, settings, Path.Combine(folder, $"{name}.log"));
                nodes.Add(node);
                node.Start();
                await node.UntilReady();
            }
        }
        finally
        {
            foreach (var node in nodes) node.Dispose();
            database.Stop();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Program() => Path.Combine(RepositoryRoot.Path, "src/Api/bin/Release/net10.0/CleanSync.Api.dll");

    private static Dictionary<string, string> Settings(string folder, PostgresServer database) => new()
    {
        ["Database:Provider"] = "Postgres",
        ["Database:ConnectionString"] =
            database.ConnectionString(Database).Replace("Maximum Pool Size=20", "Maximum Pool Size=60", StringComparison.Ordinal),
        ["Database:Path"] = Path.Combine(folder, "cleansync.db"),
        ["Secrets:Key"] = Convert.ToBase64String(new byte[32]),
        ["Connection:AllowPlainHttp"] = "true",
        ["Connection:AllowLocalAddresses"] = "true",
        ["Notifications:Enabled"] = "false",
        ["Sync:Parallelism"] = Workers.ToString(CultureInfo.InvariantCulture),
        ["Sync:PollInterval"] = "12:00:00", // a round begins when it is told to
    };

    private static async Task<string> Key(string program, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[program, "keys", "create", "--name", "nodes", "--role", "admin", "--new"])
            start.ArgumentList.Add(argument);
        foreach (var (setting, value) in settings) start.ArgumentList.Add($"--{setting}={value}");
        using var keys = Process.Start(start)!;
        var key = (await keys.StandardOutput.ReadToEndAsync()).Trim();
        await keys.WaitForExitAsync();
        return key;
    }

    private static async Task Connect(ClusterOffice office, SimulatedExchange exchange, int links)
    {
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < Integrations; n++)
        {
            var account = $"svc-{n:00}@contoso.example";
            exchange.Organisation.GrantImpersonation(exchange.Organisation.AddAccount(account, Password));
            var integration = await office.Call(
                HttpMethod.Post,
                "api/v1/integrations",
                new
                {
                    displayName = $"Office {n:00}",
                    serverAddress = exchange.EwsUrl,
                    authentication = "Ntlm",
                    userName = account,
                    password = Password,
                    exchangeVersion = "Exchange2016",
                    useImpersonation = true,
                    showEventTitles = true,
                    horizonMonths = 12,
                    reminderMinutes = 15,
                });
            var id = integration["id"]!.GetValue<Guid>();
            for (var link = n; link < links; link += Integrations)
            {
                var (staffName, mailboxAddress) = (ClusterOffice.Staff(link), ClusterOffice.Address(link));
                exchange.Organisation.AddMailbox(mailboxAddress, "UTC");
                await office.Call(
                    HttpMethod.Put, $"api/v1/staff/{staffName}/link", new { staffName, integrationId = id, mailboxAddress, timeZone = "UTC" });
            }

            await office.Call(HttpMethod.Post, $"api/v1/integrations/{id}/authorize");
        }

        while ((await office.Call(HttpMethod.Get, "api/v1/staff?limit=1"))["syncing"]!.GetValue<int>() < links)
            await Task.Delay(TimeSpan.FromSeconds(1));
        Console.WriteLine($"{links} calendars in {Integrations} integrations were read for the first time after {watch.Elapsed.TotalSeconds:0} s");
    }

    private static async Task<TimeSpan> Fastest(PostgresServer database, string who)
    {
        var fastest = TimeSpan.MaxValue;
        for (var n = 0; n < Rounds; n++)
        {
            var busy = BusyTicks();
            var round = await Round(database);
            var share = (BusyTicks() - busy) / 100.0 / round.TotalSeconds / Environment.ProcessorCount;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{who}: {round.TotalSeconds:0.00} s, {share:P0} of the processors"));
            if (round < fastest) fastest = round;
        }

        return fastest;
    }

    private static async Task<TimeSpan> Round(PostgresServer database)
    {
        await using var connection = await database.Open(Database);
        await using var begin = new NpgsqlCommand(
            "update staff_calendar_links set next_sync_at = clock_timestamp(), last_synced_at = '2000-01-01'", connection);
        await begin.ExecuteNonQueryAsync();
        var watch = Stopwatch.StartNew();
        await using var left = new NpgsqlCommand(
            "select count(*) from staff_calendar_links where last_synced_at < '2001-01-01'", connection);
        while (await left.ExecuteScalarAsync() is > 0L) await Task.Delay(TimeSpan.FromMilliseconds(50));
        return watch.Elapsed;
    }

    /// <summary>Hundredths of seconds that all processors were busy.</summary>
    private static long BusyTicks()
    {
        var counts = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToList();
        return counts.Sum() - counts[3] - counts[4];
    }
}
