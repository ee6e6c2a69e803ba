using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.EndToEndTests.Storage;

/// <summary>The key that seals passwords is lost, damaged or wrong at the next start; and one sealed password is damaged.</summary>
public sealed class SealingKeyStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder data = new();
    private Organisation exchange = null!;
    private Guid integration;

    private string KeyFile => Path.Combine(data.Path, "cleansync.key");

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna");
        await using var host = new CleanSyncHost(data);
        var api = host.Client(ct);
        integration = await api.Begin(exchange, "anna");
        await api.Book(CleanSyncClient.Booking(Tomorrow.AddHours(9), 1, ["anna"]), "before");
        await Eventually.Until("the copy is written", () => exchange.Mailbox("anna").Calendar.Count > 0, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await exchange.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task With_a_lost_key_nothing_is_sent_everything_says_why_and_the_restored_key_sets_it_going_again()
    {
        File.Move(KeyFile, $"{KeyFile}.lost");
        await using (var host = new CleanSyncHost(data))
        {
            await Stands(host, "sealing-key-is-missing", HttpStatusCode.ServiceUnavailable);
            Assert.False(File.Exists(KeyFile));
        }

        File.Move($"{KeyFile}.lost", KeyFile);
        await GoesOn(new CleanSyncHost(data));
    }

    [Fact]
    public async Task With_a_wrong_key_everything_says_why_and_the_password_that_is_entered_again_sets_it_going_again()
    {
        await File.WriteAllTextAsync(KeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), ct);
        await using var host = new CleanSyncHost(data);
        var api = await Stands(host, "sealing-key-is-another", HttpStatusCode.OK);
        var settings = await api.Settings(integration);
        settings["password"] = Organisation.Password;
        Assert.Equal(HttpStatusCode.OK, (await api.TryChange(integration, settings)).Status);
        await GoesOn(host);
    }

    [Fact]
    public async Task A_key_is_replaced_beside_a_server_that_has_both_and_the_former_one_is_needed_no_more()
    {
        var (former, present) = (await File.ReadAllTextAsync(KeyFile, ct), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await File.WriteAllTextAsync(KeyFile, present, ct);
        await using (var host = new CleanSyncHost(data).With("Secrets:FormerKey", former))
        {
            Assert.Equal("ready", (await Ready(host)).Body.Text("status"));
            string[] settings = [$"--Database:Path={data.DatabasePath}", $"--Secrets:FormerKey={former}"];
            var wrong = await Command.Run(["secrets", "rotate", settings[0]], data.Path, ct);
            Assert.Equal((1, ""), (wrong.Code, wrong.Output));
            Assert.Contains("No password was changed.", wrong.Errors, StringComparison.Ordinal);
            var rotated = await Command.Run(["secrets", "rotate", .. settings], data.Path, ct);
            Assert.Equal((0, ""), (rotated.Code, rotated.Errors));
            Assert.StartsWith("1 passwords were sealed anew.", rotated.Output, StringComparison.Ordinal);
            Assert.Contains(await host.Client(ct).AuditLog(), e => e.Text("action") == "RotateSealingKey" && e.Text("outcome") == "Done");
            Assert.Equal("Active", (await host.Client(ct).Integration(integration)).Text("status"));
        }

        await GoesOn(new CleanSyncHost(data));
    }

    [Fact]
    public async Task A_password_that_was_damaged_is_its_integrations_trouble_while_the_node_stays_ready()
    {
        await using (var host = new CleanSyncHost(data))
        {
            var other = await host.Client(ct).Connect(exchange.Exchange.EwsUrl);
            await using var connection = new SqliteConnection($"Data Source={data.DatabasePath};Pooling=False");
            await connection.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                update exchange_integrations
                set sealed_password = (select sealed_password from exchange_integrations where id = $other)
                where id = $id
                """;
            command.Parameters.AddWithValue("$other", StoredText.Of(other));
            command.Parameters.AddWithValue("$id", StoredText.Of(integration));
            Assert.Equal(1, await command.ExecuteNonQueryAsync(ct));
        }

        await using var damaged = new CleanSyncHost(data);
        var (status, ready) = await Ready(damaged);
        Assert.Equal((HttpStatusCode.OK, "degraded"), (status, ready.Text("status")));
        Assert.Contains(integration.ToString(), Assert.Single(ready["degraded"]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
        await IsTold(damaged.Client(ct));
        var line = $"Integration {integration}: The integration's stored password cannot be opened";
        Assert.Contains(line, damaged.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_key_does_not_start_and_says_so_in_one_line()
    {
        await File.WriteAllTextAsync(KeyFile, "x" + await File.ReadAllTextAsync(KeyFile, ct), ct);
        var common = HostSettings.Of(data).Select(s => $"--{s.Key}={s.Value}").Append("--urls=http://127.0.0.1:0").ToList();
        foreach (var (settings, what) in new[] { (common, "cleansync.key"), ([.. common, "--Secrets:Key=abc"], "Secrets:Key") })
        {
            var ended = await Command.Run(settings, data.Path, ct);
            Assert.Equal(2, ended.Code);
            var line = Assert.Single(ended.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains(what, line, StringComparison.Ordinal);
            Assert.Contains("is not a key: expected 32 random bytes", line, StringComparison.Ordinal);
        }
    }

    /// <summary>No call leaves, no answer is a 500, and whoever looks reads the reason.</summary>
    private async Task<CleanSyncClient> Stands(CleanSyncHost host, string code, HttpStatusCode sealing)
    {
        var requests = exchange.Exchange.Requests.Count();
        var (status, ready) = await Ready(host);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, $"urn:cleansync:{code}"), (status, ready.Text("type")));
        Assert.Single(host.Logs.Text.Split('\n'), l => l.StartsWith("Error", StringComparison.Ordinal));

        var api = host.Client(ct);
        await IsTold(api);
        var entered = await api.Send(HttpMethod.Post, "integrations", await Entered(api));
        Assert.Equal(sealing is HttpStatusCode.OK ? HttpStatusCode.Created : sealing, entered.Status);
        if (entered.Body?["id"] is { } id) await api.Ok(HttpMethod.Post, $"integrations/{id}/disconnect", new { displayName = "Second" });
        Assert.Equal(requests, exchange.Exchange.Requests.Count());
        return api;
    }

    private async Task IsTold(CleanSyncClient api)
    {
        Assert.Equal("PasswordUnreadable", (await api.Integration(integration)).Text("status"));
        var anna = Assert.Single((await api.Ok(HttpMethod.Get, "staff"))["links"]!.AsArray())!;
        Assert.Equal(("Error", "password-cannot-be-opened"), (anna.Text("state"), anna.Text("problem")));
        Assert.Contains("stored password cannot be opened", anna.Text("reason"), StringComparison.Ordinal);
        var traffic = await api.Ok(HttpMethod.Get, $"integrations/{integration}/traffic");
        Assert.Contains("cannot be opened", traffic.Text("reason"), StringComparison.Ordinal);
        foreach (var path in new[] { "authorize", "test", "diagnosis", "preview", "discovery" })
        {
            var body = path is "diagnosis" or "discovery" ? new { } : null;
            var (status, problem) = await api.Send(HttpMethod.Post, $"integrations/{integration}/{path}", body);
            Assert.Equal((path, HttpStatusCode.Conflict, "urn:cleansync:password-cannot-be-opened"), (path, status, problem!.Text("type")));
        }

        var (passStatus, pass) = await api.TrySync("anna");
        Assert.Equal((HttpStatusCode.Conflict, "urn:cleansync:password-cannot-be-opened"), (passStatus, pass!.Text("type")));
    }

    private async Task<JsonObject> Entered(CleanSyncClient api)
    {
        var settings = await api.Settings(integration);
        (settings["displayName"], settings["password"]) = ("Second", Organisation.Password);
        return settings;
    }

    private async Task GoesOn(CleanSyncHost host)
    {
        await using var going = host;
        var api = host.Client(ct);
        Assert.Equal("Active", (await api.Integration(integration)).Text("status"));
        exchange.Outlook("anna").Adds(new EventDraft("Dentist", Tomorrow.AddHours(14), Tomorrow.AddHours(15)));
        await api.Book(CleanSyncClient.Booking(Tomorrow.AddHours(11), 1, ["anna"]), "after");
        await Eventually.Until("the copy is written", () => exchange.Mailbox("anna").Calendar.Count == 3, ct);
        await api.Sync("anna");
        Assert.Equal(3, (await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))).Count);
        Assert.Equal(2, exchange.Exchange.Requests.Count("CreateItem"));
        await Eventually.Until("the node is ready", async () => (await Ready(host)).Body["status"]!.ToString() == "ready", ct);
    }

    private async Task<(HttpStatusCode Status, JsonObject Body)> Ready(CleanSyncHost host)
    {
        using var caller = host.CreateClient();
        using var answer = await caller.GetAsync(new Uri("health/ready", UriKind.Relative), ct);
        return (answer.StatusCode, await answer.Json());
    }
}
