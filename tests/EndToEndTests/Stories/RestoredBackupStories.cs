using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Faults;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

public sealed class RestoredBackupStories
{
    private static readonly DateTimeOffset Tomorrow = new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_that_was_still_queued_in_the_backup_is_found_by_its_tag_and_not_created_twice()
    {
        await using var exchange = await Organisation.Start("anna");
        using var data = new TemporaryFolder();
        using var backup = new TemporaryFolder();
        Guid booked;
        await using (var host = new CleanSyncHost(data))
        {
            var api = host.Client(ct);
            await api.Begin(exchange, "anna");
            exchange.Exchange.Faults.Next(new Fault.Soap("ErrorServerBusy", BackOffMilliseconds: 1), "CreateItem");
            booked = await api.Book(Tomorrow.AddHours(9), 1, "anna");
            await Eventually.Until("the first try has failed", async () => await State(api, booked) == "Failed", ct);
            Copy(data, backup);
            await api.Sync("anna");
            Assert.Single(exchange.Mailbox("anna").Calendar);
        }

        Copy(backup, data);
        await using (
            var host = new CleanSyncHost(data).With("Sync:SearchBeforeCreateAfter", "00:00:00").With("Scheduling:PushInterval", "00:00:01"))
        {
            var api = host.Client(ct);
            await Eventually.Until("the item is found again", async () => await State(api, booked) is "Written" or "Confirmed", ct);
            await api.Sync("anna");
            Assert.Single(exchange.Mailbox("anna").Calendar);
            Assert.Equal(0, (await api.Staff("anna"))["externalEvents"]!.GetValue<int>());
        }
    }

    private static async Task<string> State(CleanSyncClient api, Guid booked) =>
        (await api.Appointment(booked))["copies"]![0]!["state"]!.GetValue<string>();

    /// <summary>As SQLite's own backup does it, and with the key.</summary>
    private static void Copy(TemporaryFolder from, TemporaryFolder to)
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
    }
}
