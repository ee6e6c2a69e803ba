using System.Globalization;
using System.IO.Compression;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Operator;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.EndToEndTests.Nodes;

/// <summary>
/// The real process on a PostgreSQL, as an operator meets it. No data folder can be made where it is told to have one: with the key in the
/// settings it needs none.
/// </summary>
public sealed class PostgresNodeTests : IAsyncLifetime
{
    private const string Database = "operated";
    private static readonly EnumerationOptions BelowWithoutLinks =
        new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly TemporaryFolder data = new();
    private readonly int metrics = CleanSyncProcess.FreePort();
    private readonly CleanSyncProcess server;
    private readonly HttpClient http = new();
    private PostgresServer postgres = null!;

    public PostgresNodeTests() => server = new CleanSyncProcess(data, Ct);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        postgres = await PostgresServer.Start();
        await postgres.Create(Database);
        server.Settings["Database:Provider"] = "Postgres";
        server.Settings["Database:ConnectionString"] = postgres.ConnectionString(Database).Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        server.Settings["Database:Path"] = "/proc/none/cleansync.db";
        server.Settings["Secrets:Key"] = Convert.ToBase64String(new byte[32]);
        server.Settings["Sync:CallTimeout"] = "60";
        server.Settings["Sync:LeaseFor"] = "00:05:00";
        server.Settings["Metrics:Port"] = metrics.ToString(CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync()
    {
        server.Dispose();
        http.Dispose();
        postgres.Stop();
        data.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_node_shows_how_far_its_clock_is_off_and_what_it_holds_and_a_support_bundle_is_made_beside_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libfaketime is a library for Linux.");
        server.Environment["LD_PRELOAD"] = Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", BelowWithoutLinks).First();
        server.Environment["FAKETIME"] = "+5s";
        server.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        var (code, key, errors) = await Run("keys", "create", "--name", "first", "--role", "admin", "--new");
        Assert.True(code == 0, errors);
        server.Launch();
        await Eventually.Until("the node is ready", IsReady, () => server.Output, Ct);

        await using var exchange = await Organisation.Start("anna");
        using var caller = new HttpClient { BaseAddress = server.Address };
        caller.DefaultRequestHeaders.Add("X-Api-Key", key.Trim());
        await new CleanSyncClient(caller, Ct).Begin(exchange, "anna");
        await Shows("cleansync_clock_ahead_seconds", ahead => ahead is > 4 and < 7);
        await Shows("cleansync_calls_allowed", held => held > 0);
        await Shows("cleansync_accounts", linked => linked == 1);
        await Shows("cleansync_db_write_duration_seconds_count", written => written > 0);
        await Shows("cleansync_calendars_overdue_seconds", _ => true);

        var file = Path.Combine(data.Path, "support.zip");
        var log = Path.Combine(data.Path, "log");
        await File.WriteAllTextAsync(log, server.Output, Ct);
        (code, _, errors) = await Run("support", "--to", file, "--log", log);
        Assert.True(code == 0, errors);
        await using var zip = await ZipFile.OpenReadAsync(file, Ct);
        using var links = new StreamReader(await zip.GetEntry("links.json")!.OpenAsync(Ct));
        Assert.Contains("\"firstSyncDone\": true", await links.ReadToEndAsync(Ct), StringComparison.Ordinal);
        using var lines = new StreamReader(await zip.GetEntry("log.txt")!.OpenAsync(Ct));
        var told = await lines.ReadToEndAsync(Ct);
        Assert.Contains("of the PostgreSQL server <name ", told, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost", told, StringComparison.Ordinal);
        Assert.Equal(0, await server.Stop());
    }

    [Fact]
    public async Task A_server_or_a_database_that_is_not_there_is_one_line_and_the_exit_code_for_it()
    {
        var nobody = postgres.ConnectionString(Database).Replace($"Port={postgres.Port}", $"Port={CleanSyncProcess.FreePort()}", StringComparison.Ordinal);
        foreach (var (wrong, said) in new[]
        {
            (nobody, "The PostgreSQL server 127.0.0.1"), (postgres.ConnectionString("nowhere"), "There is no database nowhere on the PostgreSQL server"),
        })
        {
            server.Settings["Database:ConnectionString"] = wrong;
            var (code, output, errors) = await Run();
            Assert.True(code == 2, $"{code}: {output}{errors}");
            Assert.StartsWith(said, errors, StringComparison.Ordinal);
            Assert.Single(errors.TrimEnd().Split('\n'));
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task While_another_node_prepares_the_database_this_one_waits_says_so_and_is_not_live()
    {
        await using (var other = await postgres.Open(Database))
        {
            await using var take = other.CreateCommand();
            take.CommandText = "select pg_advisory_lock(7305811942163456321)";
            await take.ExecuteNonQueryAsync(Ct);
            server.Launch();
            await Eventually.Until(
                "it says that it waits", () => server.Output.Contains("Another node prepares the database", StringComparison.Ordinal), Ct);
            Assert.True(server.IsRunning);
            Assert.False(await IsReady());
        }

        await Eventually.Until("it goes on", IsReady, () => server.Output, Ct);
    }

    private async Task Shows(string name, Predicate<double> holds)
    {
        Scrape? last = null;
        await Eventually.Until(
            $"{name} is shown",
            async () => (last = Scrape.Of(await http.GetStringAsync(new Uri($"http://127.0.0.1:{metrics}/metrics"), Ct))).Sum(name) is { } now && holds(now),
            () => string.Join('\n', last?.Lines.Where(l => l.Name == name) ?? []),
            Ct);
    }

    private async Task<bool> IsReady()
    {
        try
        {
            return (await http.GetAsync(new Uri(server.Address, "health/ready"), Ct)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private Task<Command.Outcome> Run(params string[] arguments) => Command.Run(
        [.. arguments, .. HostSettings.Of(data).Where(s => !server.Settings.ContainsKey(s.Key)).Concat(server.Settings).Select(s => $"--{s.Key}={s.Value}")],
        data.Path, Ct);
}
