using System.IO.Compression;
using CleanSync.Api.Startup;
using CleanSync.Api.Support;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Xunit;

namespace CleanSync.EndToEndTests.Operator;

/// <summary>The file that is sent to somebody who helps has what helps, and nothing of what was planted.</summary>
public sealed class SupportBundleTests : IAsyncLifetime
{
    private const string Secret = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private readonly TemporaryFolder data = new();
    private readonly CleanSyncProcess server;
    private Organisation exchange = null!;

    /// <summary>Whatever is in one of these names somebody, or opens something.</summary>
    private readonly List<string> planted =
    [
        "zelda", "Fitzwilliam", "ghost", "contoso", "svc-booking", "surgery", "Haircut", "Client Example", "client@example.org", "1234",
        "Head office", "First visit", "Branch 1", "127.0.0.1", "issuer.planted", Organisation.Password, Secret, TestKeys.Admin,
    ];

    public SupportBundleTests()
    {
        server = new CleanSyncProcess(data, Ct);
        server.Settings["Secrets:Key"] = Secret;
        server.Settings["Jwt:Authority"] = "https://issuer.planted.example/realm";
        server.Settings["Jwt:Audience"] = "planted-audience";
        server.Settings["Metrics:Port"] = $"{CleanSyncProcess.FreePort()}";
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => Path.Combine(data.Path, "support.zip");

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("zelda");
        var api = await server.Start();
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        foreach (var (staff, name) in new[] { ("zelda", "Zelda Fitzwilliam"), ("ghost", "Ghost Ghostly") })
        {
            await api.Ok(HttpMethod.Put, $"staff/{staff}/link", new
            {
                staffName = name,
                integrationId = integration,
                mailboxAddress = Organisation.Address(staff),
                timeZone = "Europe/Berlin",
            });
        }

        await api.Authorize(integration);
        exchange.Outlook("zelda").Adds(new EventDraft("Secret surgery", Days.Tomorrow, Days.Tomorrow.AddHours(1)));
        await api.Book(Days.Tomorrow.AddHours(5), 1, "zelda");
        await Eventually.Until("one is read and one has failed", async () =>
            (await api.Staff("zelda"))["externalEvents"]!.GetValue<int>() == 1 && (await api.Staff("ghost"))["problem"] is not null, Ct);
        await Eventually.Until("the log names them", () => server.Output.Contains("ghost", StringComparison.Ordinal), Ct);
        await System.IO.File.WriteAllTextAsync(Path.Combine(data.Path, "log"), $"""
            {server.Output}
            planted by hand: {TestKeys.Admin} {Organisation.AccountName} ZELDA, CONTOSO\svc-booking "Zelda Fitzwilliam" {exchange.Exchange.EwsUrl}
            """, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        server.Dispose();
        await exchange.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task It_has_versions_settings_states_runs_metrics_and_the_log_and_nothing_that_names_or_opens()
    {
        var (code, output, errors) = await Support("--to", File, "--log", Path.Combine(data.Path, "log"));
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Look into it before you send it", output, StringComparison.Ordinal);
        var parts = new Dictionary<string, string>();
        await using (var zip = await ZipFile.OpenReadAsync(File, Ct))
        {
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(await entry.OpenAsync(Ct));
                parts[entry.FullName] = await reader.ReadToEndAsync(Ct);
            }
        }

        Assert.All(parts, part => Assert.All(planted, word =>
            Assert.DoesNotContain(word, part.Value, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(Product.Version, parts["versions.json"], StringComparison.Ordinal);
        Assert.Contains("\"Secrets:Key\": \"set\"", parts["settings.json"], StringComparison.Ordinal);
        Assert.Contains("\"Sync:PollInterval\": \"00:00:01\"", parts["settings.json"], StringComparison.Ordinal);
        Assert.Contains("\"problem\": \"mailbox-not-found\"", parts["links.json"], StringComparison.Ordinal);
        Assert.Contains("\"lifeCycle\": \"Active\"", parts["integrations.json"], StringComparison.Ordinal);
        Assert.Contains("\"changes\": 1", parts["runs.json"], StringComparison.Ordinal);
        Assert.Contains("linksThatSync", parts["state.json"], StringComparison.Ordinal);
        Assert.Contains("cleansync_passes_total{", parts["metrics.txt"], StringComparison.Ordinal);
        Assert.Contains("mailbox-not-found", parts["log.txt"], StringComparison.Ordinal);
        Assert.Contains("planted by hand: <key> <mail address> <name", parts["log.txt"], StringComparison.Ordinal);

        var (again, _, why) = await Support("--to", File);
        Assert.Equal(1, again);
        Assert.Contains("exists", why, StringComparison.Ordinal);
        Assert.Equal(2, (await Support()).Code);
    }

    [Theory]
    [InlineData("pass of bo <bo@x.example> bo: done", "pass of <name 1> <<mail address>> <name 1>: done")]
    [InlineData("a bobby of BO, boat", "a bobby of <name 1>, boat")]
    [InlineData("to http://10.0.0.7:80/EWS, from 10.0.0.8 and fe80::1:2:3", "to <web address> from <ip address> and <ip address>")]
    [InlineData("2026-11-28T06:12:44.123Z info: at 06:12:44", "2026-11-28T06:12:44.123Z info: at 06:12:44")]
    public void What_is_left_of_a_line(string line, string expected) => Assert.Equal(expected, new Redaction(["bo"]).Of(line));

    private Task<Command.Outcome> Support(params string[] arguments) => Command.Run(
        ["support", .. arguments, .. HostSettings.Of(data).Concat(server.Settings).DistinctBy(s => s.Key).Select(s => $"--{s.Key}={s.Value}")],
        data.Path, Ct);
}
