using CleanSync.Api.Startup;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.StorageTests.Databases;
using Xunit;

namespace CleanSync.EndToEndTests.Storage;

/// <summary>An office moves from SQLite to PostgreSQL with the real executable, and goes on there.</summary>
public sealed class MigrateCommandStories : IAsyncLifetime
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder data = new();
    private Organisation exchange = null!;
    private PostgresServer server = null!;

    private string Target => $"{server.ConnectionString("cleansync")};Password=geheim";

    public async ValueTask InitializeAsync()
    {
        exchange = await Organisation.Start("anna");
        server = await PostgresServer.Start();
        await server.Create("cleansync");
    }

    public async ValueTask DisposeAsync()
    {
        server.Stop();
        await exchange.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task An_office_that_moved_goes_on_where_it_was_and_its_file_is_not_used_again_by_mistake()
    {
        using var process = new CleanSyncProcess(data, ct);
        var api = await process.Start();
        await api.Begin(exchange, "anna");
        await api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the first copy is written", () => exchange.Mailbox("anna").Calendar.Count == 1, ct);
        var running = await Migrate();
        Assert.Equal((2, ""), (running.Code, running.Output));
        Assert.Contains($"Another CleanSync process uses the data folder {data.Path}", running.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await process.Stop());

        var moved = await Migrate();
        Assert.Equal(0, moved.Code);
        Assert.Matches(@"^\d+ rows were moved to the database cleansync of the PostgreSQL server 127\.0\.0\.1:\d+\. Set Database:Provider", moved.Output);
        Assert.Contains($"is the file {Path.Combine(data.Path, "cleansync.key")}. It is not copied", moved.Errors, StringComparison.Ordinal);
        Assert.Contains(": exchange_integrations, 1 row\n", moved.Errors, StringComparison.Ordinal);
        Assert.Contains("Both databases hold the same", moved.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", moved.Errors + moved.Output, StringComparison.Ordinal);
        var again = await Migrate();
        Assert.Equal(2, again.Code);
        Assert.Contains("was moved to the database cleansync of the PostgreSQL server", Assert.Single(Lines(again.Errors)), StringComparison.Ordinal);

        process.Launch();
        await Eventually.Until("the start on the file was refused", () => !process.IsRunning, ct);
        Assert.Contains("use this file again with --anyway", process.Output, StringComparison.Ordinal);

        process.Settings["Database:Provider"] = "Postgres";
        process.Settings["Database:ConnectionString"] = Target;
        api = await process.Start();
        exchange.Outlook("anna").Adds(new EventDraft("Dentist", Tomorrow.AddHours(14), Tomorrow.AddHours(15)));
        await api.Book(Tomorrow.AddHours(11), 1, "anna");
        await Eventually.Until("the next copy is written", () => exchange.Mailbox("anna").Calendar.Count == 3, ct);
        await api.Sync("anna");
        Assert.Equal(3, (await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))).Count);
        Assert.Equal(2, exchange.Exchange.Requests.Count("CreateItem"));
        Assert.Equal(0, await process.Stop());

        process.Settings["Database:Provider"] = "Sqlite";
        process.Settings.Remove("Database:ConnectionString");
        process.Settings["Scheduling:Enabled"] = "false";
        process.Words.Add("--anyway");
        Assert.Single(await (await process.Start()).Calendar("anna", Tomorrow, Tomorrow.AddDays(1)));
    }

    [Theory]
    [InlineData("Expected 'migrate-to postgres'")]
    [InlineData("Expected 'migrate-to postgres'", "mysql")]
    [InlineData("--to is not known here. Where to is said by Database:ConnectionString", "postgres", "--to", "Host=x")]
    [InlineData("'now' is not known", "postgres", "--Database:Path", "x", "now")]
    public void What_makes_no_sense_says_so(string why, params string[] args) =>
        Assert.Contains(why, Assert.IsType<MigrateArguments.Wrong>(MigrateArguments.Read(args)).Why, StringComparison.Ordinal);

    [Fact]
    public void Settings_and_the_word_anyway_are_left_to_the_program() => Assert.IsType<MigrateArguments.ToPostgres>(
        MigrateArguments.Read(["postgres", "--Database:Path=x", "--Database:ConnectionString", "Host=x", "--anyway"]));

    private Task<Command.Outcome> Migrate() => Command.Run(
        ["migrate-to", "postgres", $"--Database:Path={data.DatabasePath}", $"--Database:ConnectionString={Target}"], data.Path, ct);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
