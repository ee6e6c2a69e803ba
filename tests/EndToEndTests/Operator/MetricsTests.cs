using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Model;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.EndToEndTests.Operator;

/// <summary>
/// The real process is driven until everything that is measured has moved. What the operator's page, the alert rules and the dashboard name
/// is compared with what the endpoint gave.
/// </summary>
public sealed partial class MetricsTests : IAsyncLifetime
{
    private readonly TemporaryFolder data = new();
    private readonly Dictionary<string, HashSet<double>> seen = [];
    private readonly HashSet<string> labels = [];
    private readonly int port = CleanSyncProcess.FreePort();
    private readonly CleanSyncProcess server;
    private readonly HttpClient http = new();
    private Organisation exchange = null!;
    private CleanSyncClient api = null!;
    private Guid integration;

    public MetricsTests()
    {
        server = new CleanSyncProcess(data, Ct);
        server.Settings["Metrics:Port"] = port.ToString(CultureInfo.InvariantCulture);
        server.Settings["Notifications:Enabled"] = "true";
        server.Settings["Notifications:Review"] = "1";
        server.Settings["Sync:Parallelism"] = "1";
        server.Settings["Sync:CallTimeout"] = "120";
        server.Settings["Sync:LeaseFor"] = "00:05:00";
        server.Settings["Sync:PollIntervalWhenStreaming"] = "1";
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTimeOffset Tomorrow => Days.Tomorrow;

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna", "ben", "carl");
        for (var i = 0; i < 16; i++) exchange.Outlook("ben").Adds(new EventDraft($"Secret talk {i}", Tomorrow.AddDays(i), Tomorrow.AddDays(i).AddHours(1)));
        api = await server.Start();
        await Look();
        integration = await api.Begin(exchange, ["anna", "ben"], "Basic");
    }

    public async ValueTask DisposeAsync()
    {
        server.Dispose();
        http.Dispose();
        await exchange.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task Everything_that_is_measured_moves_and_the_page_the_rules_and_the_dashboard_name_nothing_else()
    {
        await Until("cleansync_calendars_streaming", now => now > 0);
        var booked = await api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Pushed("create");
        await SomebodyElseTakesACalendar(booked);
        await BothSidesMove(booked);
        await Until("cleansync_conflicts_total", now => now > 0);
        await api.Cancel(booked);
        await Pushed("delete");

        foreach (var entry in exchange.Mailbox("ben").Calendar.ToList()) exchange.Outlook("ben").Deletes(entry.ItemId);
        await Until("cleansync_deletions_held", now => now > 0);
        await api.Link(integration, "ghost");
        await Until("cleansync_calendars_unread", now => now > 0);

        exchange.Exchange.Faults.Next(new Fault.Response("ErrorItemSave"), "CreateItem", times: 1000);
        await api.Book(Tomorrow.AddHours(11), 1, "anna");
        await Until("cleansync_pushes_failed", now => now > 0);
        await Until("cleansync_pushes_pending", now => now > 0);
        exchange.Exchange.Faults.Clear();
        exchange.Exchange.Faults.Next(new Fault.Http(503, RetryAfter: "40"), "SyncFolderItems", Organisation.Address("anna"));
        exchange.Outlook("anna").Adds(new EventDraft("Secret meeting", Tomorrow.AddHours(14), Tomorrow.AddHours(15)));
        await Until("cleansync_pauses_left_seconds", now => now > 0);
        await api.TrySync("ben");
        await Until("cleansync_backoff_held_total", now => now > 0);
        await TheDatabaseIsBroken();
        await ThePasswordIsChanged();
        await Until("cleansync_pushes_overdue_seconds", now => now > 0);

        var (page, shared) = await Page();
        var named = Named(page).ToList();
        var moved = seen.Where(s => s.Value.Count > 1).Select(s => Family(s.Key)).ToHashSet();
        var given = seen.Keys.Where(n => n.StartsWith("cleansync_", StringComparison.Ordinal)).Select(Family).ToHashSet();
        Assert.Empty(named.Except(moved).Select(n => $"{n} did not move"));
        Assert.Empty(given.Except(named).Select(n => $"{n} is not in docs/operations.md"));
        Assert.All(await Drawn(), name => Assert.Contains(name, seen.Keys.Concat(Named(shared))));
        Assert.DoesNotContain(labels, l => Persons().IsMatch(l));
        Assert.DoesNotContain(labels, l => l.Contains("otel_metric_overflow", StringComparison.Ordinal));
        Assert.DoesNotContain(seen.Keys, n => n.StartsWith("http_server", StringComparison.Ordinal) && n.Contains("metrics", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_metrics_are_on_their_own_port_and_nothing_else_is_whatever_the_header_says()
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(server.Address, "metrics", $"127.0.0.1:{port}"));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(Endpoint, "metrics", server.Address.Authority));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(Endpoint, "health/live", server.Address.Authority));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(Endpoint, "api/v1/staff", server.Address.Authority));
        var (code, _, errors) = await Command.Run(
            [$"--Metrics:Port={port}", "--urls=http://127.0.0.1:0", $"--Database:Path={data.Path}/other/cleansync.db"], data.Path, Ct);
        Assert.Equal(2, code);
        Assert.StartsWith($"The metrics cannot be shown at 127.0.0.1:{port}: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promtool_finds_the_rules_and_the_example_right()
    {
        if (!File.Exists("/usr/bin/promtool")) Assert.Skip("promtool is not here: apt-get install prometheus");
        foreach (var (what, file) in new[] { ("rules", "cleansync-alerts.yml"), ("config", "prometheus-scrape.yml") })
        {
            using var check = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", what, Path.Combine(Folder, file)])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            var output = await check.StandardOutput.ReadToEndAsync(Ct) + await check.StandardError.ReadToEndAsync(Ct);
            await check.WaitForExitAsync(Ct);
            Assert.True(check.ExitCode == 0, output);
        }
    }

    private static string Folder => Path.Combine(RepositoryRoot.Path, "deploy", "monitoring");

    private Uri Endpoint => new($"http://127.0.0.1:{port}/");

    /// <summary>While its answer is on the way, the mailbox's lease goes to another node; and the queue behind it waits.</summary>
    private async Task SomebodyElseTakesACalendar(Guid booked)
    {
        var hold = exchange.Exchange.Faults.WithholdNext("UpdateItem", Organisation.Address("anna"));
        await api.Move(booked, Tomorrow.AddHours(10));
        await hold.Reached.WaitAsync(Ct);
        await Until("cleansync_queue_age_seconds", now => now > 0);
        await Until("cleansync_calendars_overdue_seconds", now => now > 0);
        await Execute("update mailbox_leases set token = token + 1, held_until = '2000-01-01T00:00:00.0000000Z' where owner is not null");
        hold.Release();
        await Until("cleansync_leases_lost_total", now => now > 0);
    }

    private async Task BothSidesMove(Guid booked)
    {
        await Eventually.Until("the copy is read back", async () =>
            (await api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>() == "Confirmed", Ct);
        await api.Ok(HttpMethod.Post, $"integrations/{integration}/pause", new { reason = "Exchange is updated" });
        exchange.Outlook("anna").Moves(exchange.Mailbox("anna").Calendar.Single().ItemId, Tomorrow.AddHours(16));
        await api.Move(booked, Tomorrow.AddHours(12));
        await Until("cleansync_integrations", now => now > 0, "paused");
        await api.Ok(HttpMethod.Post, $"integrations/{integration}/resume");
    }

    /// <summary>A table is away for a moment: the node is not ready, and says that the exception was unhandled.</summary>
    private async Task TheDatabaseIsBroken()
    {
        await Execute("alter table readiness_probe rename to away");
        await Until("cleansync_ready", now => now == 0);
        await Until("cleansync_exceptions_total", now => now > 0);
        await Execute("alter table away rename to readiness_probe");
        await Until("cleansync_ready", now => now == 1);
    }

    private async Task ThePasswordIsChanged()
    {
        await Until("cleansync_pauses", now => now == 0);
        exchange.Exchange.Organisation.Account(Organisation.AccountName).Password = "Changed-8";
        await Until("cleansync_logons_doubted", now => now > 0);
        await Until("cleansync_integrations", now => now > 0, "credential-refused");
        await api.Book(Tomorrow.AddHours(18), 1, "anna");
    }

    private Task Pushed(string step) => Until("cleansync_pushes_total", now => now > 0, $"result=\"done\",step=\"{step}\"");

    private async Task Until(string name, Predicate<double> holds, string label = "")
    {
        Scrape? last = null;
        await Eventually.Until(
            $"{name} {label} moves", async () => (last = await Look()).Sum(name, label) is { } now && holds(now),
            () => $"{string.Join('\n', last?.Lines.Where(l => l.Name == name) ?? [])}\n{server.Output}", Ct);
    }

    /// <summary>One scrape, remembered.</summary>
    private async Task<Scrape> Look()
    {
        var scrape = Scrape.Of(await http.GetStringAsync(new Uri(Endpoint, "metrics"), Ct));
        foreach (var (name, of, value) in scrape.Lines)
        {
            labels.Add(of);
            // A counter begins with the first that is counted: before that it was 0.
            if (!seen.TryGetValue(name, out var values)) seen[name] = values = name.EndsWith("_total", StringComparison.Ordinal) ? [0] : [];
            values.Add(scrape.Sum(name)!.Value);
            values.Add(value);
        }

        return scrape;
    }

    private async Task<HttpStatusCode> StatusOf(Uri address, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, path)) { Headers = { Host = host } };
        request.Headers.Add("X-Api-Key", TestKeys.Admin);
        using var response = await http.SendAsync(request, Ct);
        return response.StatusCode;
    }

    private async Task Execute(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={data.DatabasePath};Pooling=False;Default Timeout=30");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>
    /// What is measured on every database; and from the second table on what nodes share, which <c>PostgresNodeTests</c> sees.
    /// </summary>
    private static async Task<(string OfAll, string Shared)> Page()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "operations.md"), Ct);
        var from = page.IndexOf("\nOn PostgreSQL, where nodes may share the database,", StringComparison.Ordinal);
        return (page[..from], page[from..]);
    }

    private static IEnumerable<string> Named(string page) => Row().Matches(page).Select(m => Family(m.Groups[1].Value));

    /// <summary>What the rules and the panels ask for.</summary>
    private static async Task<IReadOnlyList<string>> Drawn()
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(Folder, "cleansync-alerts.yml"), Ct);
        var board = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "cleansync-dashboard.json"), Ct))!;
        var asked = board["panels"]!.AsArray().SelectMany(p => p!["targets"]!.AsArray()).Select(t => t!["expr"]!.GetValue<string>()).ToList();
        Assert.NotEmpty(asked);
        return [.. asked.Append(rules).SelectMany(text => Name().Matches(text).Select(m => m.Value)).Distinct()];
    }

    /// <summary>A histogram has three names.</summary>
    private static string Family(string name) => Ending().Replace(name, "");

    [GeneratedRegex(@"^\| `(cleansync_[a-z_]+)`", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(?:cleansync|http_server|dotnet)_[a-z_]+")]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Ending();

    [GeneratedRegex("(?i)anna|ben|carl|ghost|contoso|secret|haircut|client")]
    private static partial Regex Persons();
}
