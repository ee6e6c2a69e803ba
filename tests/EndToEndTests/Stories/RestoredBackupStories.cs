using System.Diagnostics;
using System.Globalization;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using CleanSync.ExchangeSimulator.Outlook;
using CleanSync.Infrastructure.Persistence;
using CleanSync.StorageTests.Databases;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>CleanSync goes on from an older copy of its database, which was made while it ran, with the same sealing key.</summary>
public abstract class RestoredBackupStories : IAsyncDisposable
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    private protected CancellationToken Ct { get; } = TestContext.Current.CancellationToken;

    private protected TemporaryFolder Data { get; } = new();

    [Fact, SqliteOnly]
    public async Task A_copy_that_was_still_queued_in_the_backup_is_found_by_its_tag_and_not_created_twice()
    {
        await using var exchange = await Organisation.Start("anna");
        Guid booked;
        await using (var host = await Host())
        {
            var api = host.Client(Ct);
            await api.Begin(exchange, "anna");
            booked = await BookedAndQueued(api, exchange);
            await BackUp();
            await api.Sync("anna");
            Assert.Single(exchange.Mailbox("anna").Calendar);
        }

        await Restore();
        await using (var host = Finding(await Host()))
        {
            var api = host.Client(Ct);
            await Eventually.Until("the item is found again", async () => await State(api, booked) is "Written" or "Confirmed", Ct);
            await api.Sync("anna");
            Assert.Single(exchange.Mailbox("anna").Calendar);
            Assert.Equal(0, (await api.Staff("anna"))["externalEvents"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task What_Exchange_got_after_the_backup_is_there_once_on_both_sides_and_the_installation_is_the_same()
    {
        await using var exchange = await Organisation.Start("anna");
        Guid installation, queued;
        await using (var host = await Host())
        {
            var api = host.Client(Ct);
            await api.Begin(exchange, "anna");
            installation = await Installation(host);
            var confirmed = await api.Book(Tomorrow.AddHours(8), 1, "anna");
            await Eventually.Until("the first copy is written", () => exchange.Mailbox("anna").Calendar.Count == 1, Ct);
            await api.Sync("anna");
            Assert.Equal("Confirmed", await State(api, confirmed));
            queued = await BookedAndQueued(api, exchange);
            await BackUp();
            await api.Sync("anna");
            await api.Book(Tomorrow.AddHours(11), 1, "anna");
            await Eventually.Until("three copies are written", () => exchange.Mailbox("anna").Calendar.Count == 3, Ct);
            exchange.Outlook("anna").Adds(new EventDraft("Dentist", Tomorrow.AddHours(14), Tomorrow.AddHours(15)));
            await api.Sync("anna");
            Assert.Equal(4, (await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1))).Count);
        }

        var created = exchange.Exchange.Requests.Count("CreateItem");
        await Restore();
        await using (var host = Finding(await Host()))
        {
            var api = host.Client(Ct);
            Assert.Equal(installation, await Installation(host));
            await Eventually.Until("the queued one is found", async () => await State(api, queued) is "Written" or "Confirmed", Ct);
            await api.Sync("anna");
            await api.Sync("anna");
            Assert.Equal(4, exchange.Mailbox("anna").Calendar.Count);
            Assert.Equal(created, exchange.Exchange.Requests.Count("CreateItem"));
            var events = await api.Calendar("anna", Tomorrow, Tomorrow.AddDays(1));
            Assert.Equal([8, 9, 11, 14], events.Select(e => e["start"]!.GetValue<DateTimeOffset>().UtcDateTime.Hour).Order());
            Assert.Equal(2, (await api.Staff("anna"))["externalEvents"]!.GetValue<int>()); // the lost booking, and the dentist
            await api.Book(Tomorrow.AddHours(16), 1, "anna");
            await Eventually.Until("new bookings go on", () => exchange.Mailbox("anna").Calendar.Count == 5, Ct);
        }
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Data.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>On the database that counts now.</summary>
    private protected abstract Task<CleanSyncHost> Host();

    /// <summary>While a host runs.</summary>
    private protected abstract Task BackUp();

    /// <summary>While none runs.</summary>
    private protected abstract Task Restore();

    private static CleanSyncHost Finding(CleanSyncHost host) =>
        host.With("Sync:SearchBeforeCreateAfter", "00:00:00").With("Scheduling:PushInterval", "00:00:01");

    private async Task<Guid> BookedAndQueued(CleanSyncClient api, Organisation exchange)
    {
        exchange.Exchange.Faults.Next(new Fault.Soap("ErrorServerBusy", BackOffMilliseconds: 1), "CreateItem");
        var booked = await api.Book(Tomorrow.AddHours(9), 1, "anna");
        await Eventually.Until("the first try has failed", async () => await State(api, booked) == "Failed", Ct);
        return booked;
    }

    private async Task<Guid> Installation(CleanSyncHost host)
    {
        await using var connection = await host.Services.GetRequiredService<Database>().Read(Ct);
        return await connection.QuerySingleAsync<Guid>("select id from installation");
    }

    private static async Task<string> State(CleanSyncClient api, Guid booked) =>
        (await api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>();
}

/// <summary>As SQLite's own backup does it.</summary>
public sealed class SqliteBackupStories : RestoredBackupStories
{
    private readonly TemporaryFolder backup = new();

    public override ValueTask DisposeAsync()
    {
        backup.Dispose();
        return base.DisposeAsync();
    }

    private protected override Task<CleanSyncHost> Host() => Task.FromResult(new CleanSyncHost(Data));

    private protected override Task BackUp() => Copy(Data, backup);

    private protected override Task Restore() => Copy(backup, Data);

    private static Task Copy(TemporaryFolder from, TemporaryFolder to)
    {
        foreach (
            var (file, bytes) in from.Files().Where(f => !Path.GetFileName(f.File).StartsWith("cleansync.db", StringComparison.Ordinal)))
            File.WriteAllBytes(Path.Combine(to.Path, Path.GetFileName(file)), bytes);
        SqliteConnection.ClearAllPools();
        foreach (var old in Directory.EnumerateFiles(to.Path, "cleansync.db*")) File.Delete(old);
        using var source = new SqliteConnection($"Data Source={from.DatabasePath};Pooling=False");
        using var target = new SqliteConnection($"Data Source={to.DatabasePath};Pooling=False");
        source.Open();
        target.Open();
        source.BackupDatabase(target);
        return Task.CompletedTask;
    }
}

/// <summary>With pg_dump, and pg_restore into a database that was created for it. The key lies in the data folder.</summary>
public sealed class PostgresBackupStories : RestoredBackupStories
{
    private PostgresServer? server;
    private string database = "before";

    private string Dump => Path.Combine(Data.Path, "cleansync.dump");

    public override ValueTask DisposeAsync()
    {
        server?.Stop();
        return base.DisposeAsync();
    }

    private protected override async Task<CleanSyncHost> Host()
    {
        if (server is null)
        {
            server = await PostgresServer.Start();
            await server.Create(database);
        }

        return new CleanSyncHost(Data)
            .With("Database:Provider", "Postgres").With("Database:ConnectionString", server.ConnectionString(database));
    }

    private protected override Task BackUp() => Run("pg_dump", "--format=custom", $"--file={Dump}", $"--dbname={database}");

    private protected override async Task Restore()
    {
        database = "after";
        await server!.Create(database);
        await Run("pg_restore", "--no-owner", "--exit-on-error", $"--dbname={database}", Dump);
    }

    private async Task Run(string program, params string[] arguments)
    {
        string[] where = ["--host=127.0.0.1", $"--port={server!.Port.ToString(CultureInfo.InvariantCulture)}", "--username=cleansync"];
        using var process = Process.Start(new ProcessStartInfo(program, [.. where, .. arguments]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        Assert.True(process.ExitCode == 0, errors);
    }
}
