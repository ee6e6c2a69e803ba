using System.Net;
using System.Text.Json.Nodes;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.EndToEndTests.Storage;

/// <summary>
/// The real executable keeps anna's calendar while its storage fails and is mended. A booking is asked for meanwhile, and again with the
/// same key afterwards; somebody edits in Outlook. In the end everything is on both sides, once.
/// </summary>
/// <param name="connectionString">A database on a server of the test's own; without one the file.</param>
internal sealed class StorageStory(CancellationToken ct, string? connectionString = null) : IAsyncDisposable
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly TemporaryFolder backup = new();
    private Organisation exchange = null!;
    private CleanSyncProcess process = null!;
    private CleanSyncClient api = null!;
    private HttpClient http = null!;

    public TemporaryFolder Data { get; } = new(connectionString);

    public string Output => process.Output;

    /// <param name="survivesPowerCut">Every commit is on the disk before it is answered.</param>
    public async Task Begin(PrivateVolume? volume = null, bool survivesPowerCut = false)
    {
        exchange = await Organisation.Start("anna");
        process = new CleanSyncProcess(Data, ct) { Inside = volume?.Entering ?? [] };
        process.Settings["Database:SurvivePowerCut"] = survivesPowerCut ? "true" : "false";
        http = new HttpClient { BaseAddress = process.Address };
        api = await process.Start();
        await api.Begin(exchange, "anna");
        await Book("before", 9);
        await Eventually.Until("the first copy is written", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
    }

    /// <summary>A booking is refused for this reason, and nobody who looks is told that all is well.</summary>
    /// <param name="listWorks">Reads go on; null where it depends on what is read.</param>
    public async Task IsRefused(string reason, bool? listWorks)
    {
        var (status, problem) = await Try("meanwhile", 11);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:cleansync:database-is-not-ready"), (status, problem!.Text("type")));
        Assert.Contains(reason, problem!.Text("detail"), StringComparison.Ordinal);
        await IsSeen(reason);
        var list = await api.Send(HttpMethod.Get, "staff");
        var allowed = listWorks switch
        {
            true => [HttpStatusCode.OK],
            false => [HttpStatusCode.ServiceUnavailable],
            null => new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable },
        };
        Assert.Contains(list.Status, allowed);
        if (listWorks is true) Assert.Single(list.Body!["links"]!.AsArray());
        if (listWorks is true) Assert.Single(await Calendar(), e => e.Text("kind") == "Appointment");
        Assert.Contains("The database cannot be used: ", Output, StringComparison.Ordinal);
        Assert.Contains(reason, Output, StringComparison.Ordinal);
        SomebodyEdits();
    }

    public void SomebodyEdits() =>
        exchange.Outlook("anna").Adds(new EventDraft("Dentist", Tomorrow.AddHours(14), Tomorrow.AddHours(15)));

    public Task IsSeen(string reason) => Eventually.Until(
        "/health/ready says so",
        async () => await Ready() is (HttpStatusCode.ServiceUnavailable, var text) && text.Contains(reason, StringComparison.Ordinal),
        ct);

    /// <summary>What was asked for meanwhile is asked for again, with the same key.</summary>
    public async Task NothingIsLostOrDoubled()
    {
        await Eventually.Until("the node is ready", async () => (await Ready()).Status is HttpStatusCode.OK, ct);
        await Book("meanwhile", 11);
        await Book("before", 9);
        await Eventually.Until(
            "both sides hold three events", async () => exchange.Mailbox("anna").Calendar.Count == 3 && (await Calendar()).Count == 3, ct);
        var passes = exchange.Exchange.Requests.Count("SyncFolderItems");
        await Eventually.Until("three more passes ran", () => exchange.Exchange.Requests.Count("SyncFolderItems") >= passes + 3, ct);
        var subjects = exchange.Mailbox("anna").Calendar.Select(i => i.Fields.Subject).Order(StringComparer.Ordinal);
        Assert.Equal(["Dentist", "Haircut", "Haircut"], subjects);
        Assert.Equal(3, (await Calendar()).Count);
        Assert.Equal(2, exchange.Exchange.Requests.Count("CreateItem"));
    }

    public Task Kill() => process.Kill();

    public Task Start() => process.Start();

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> Stop() => process.Stop();

    /// <summary>Starts a process that does not stay, and waits for its end.</summary>
    public async Task<string> EndsAtStart()
    {
        process.Launch();
        await Eventually.Until("the process has ended", () => !process.IsRunning, ct);
        return Output;
    }

    /// <summary>As SQLite's own backup does it.</summary>
    public void BackUp() => Copy(Data, backup);

    /// <summary>While no process runs.</summary>
    public void Restore()
    {
        foreach (var old in Directory.EnumerateFiles(Data.Path, "cleansync.db*")) File.Delete(old);
        Copy(backup, Data);
    }

    public async ValueTask DisposeAsync()
    {
        process?.Dispose();
        http?.Dispose();
        if (exchange is not null) await exchange.DisposeAsync();
        Data.Dispose();
        backup.Dispose();
    }

    private static void Copy(TemporaryFolder from, TemporaryFolder to)
    {
        using var source = new SqliteConnection($"Data Source={from.DatabasePath};Pooling=False");
        using var target = new SqliteConnection($"Data Source={to.DatabasePath};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
    }

    private Task<Guid> Book(string key, int hour) => api.Book(CleanSyncClient.Booking(Tomorrow.AddHours(hour), 1, ["anna"]), key);

    public Task<(HttpStatusCode Status, JsonNode? Body)> Try(string key, int hour) =>
        api.Send(HttpMethod.Post, "appointments", CleanSyncClient.Booking(Tomorrow.AddHours(hour), 1, ["anna"]), key);

    private Task<IReadOnlyList<JsonNode>> Calendar() => api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1));

    private async Task<(HttpStatusCode Status, string Text)> Ready()
    {
        using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative), ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
    }
}
