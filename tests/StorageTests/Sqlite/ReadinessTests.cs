using System.Text;
using CleanSync.Application;
using CleanSync.Application.Syncing;
using CleanSync.Application.Syncing.Failing;
using CleanSync.Infrastructure;
using CleanSync.Infrastructure.Persistence;
using CleanSync.Infrastructure.Persistence.Events;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Sqlite;
using CleanSync.Infrastructure.Security;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CleanSync.StorageTests.Sqlite;

/// <summary>What /health/ready says of the database, and what writes and reads meet meanwhile.</summary>
public sealed class ReadinessTests : IAsyncLifetime
{
    private readonly TemporarySqlite database = new();
    private readonly NotedLog log = new();
    private SqliteDatabase store = null!;
    private NodeReadiness readiness = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        database.Store.Dispose();
        store = new SqliteDatabase(database.Options, database.Time, log.CreateLogger<SqliteDatabase>());
        await new DatabaseMigration(store, database.Options, new ExchangeTitles(store, new DeletedBytes(store))).Run(Ct);
        var vault = new SecretVault(new SecretOptions { KeyFile = Path.Combine(database.Folder, "cleansync.key") });
        vault.MakeKey();
        var integrations = new ExchangeIntegrationRepository(store, new IntegrationAlerts(store, database.Alerts));
        await integrations.Save((await integrations.All(Ct))[0].WithPassword(vault.Seal(database.Integration.Id, "pw").Value), Ct);
        var passwords = new SealedPasswords(integrations, vault, NullLogger<SealedPasswords>.Instance);
        var probe = new DatabaseProbe(store, database.Options, database.Time);
        var streaks = new ExceptionStreaks(new SyncOptions(), database.Time);
        readiness = new NodeReadiness(probe, store, passwords, [], streaks, database.Time, log.CreateLogger<NodeReadiness>());
    }

    public async ValueTask DisposeAsync()
    {
        store.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_crowd_of_probes_is_one_look_and_its_outcome_counts_for_five_seconds()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => readiness.Now(Ct)));
        var first = await Probed();
        database.Time.Advance(TimeSpan.FromSeconds(4.9));
        await readiness.Now(Ct);
        Assert.Equal((first, TemporaryDatabase.Now), (await Probed(), first));
        database.Time.Advance(TimeSpan.FromSeconds(0.1));
        await readiness.Now(Ct);
        Assert.Equal(TemporaryDatabase.Now.AddSeconds(5), await Probed());
    }

    [Theory]
    [InlineData("pragma max_page_count = 1", "pragma max_page_count = 1000000", "disk is full")]
    [InlineData("pragma query_only = on", "pragma query_only = off", "read-only")]
    public async Task While_nothing_can_be_written_reads_go_on_notes_are_left_out_and_it_is_logged_once(
        string fault, string mended, string reason)
    {
        await store.Exclusively(c => c.Execute(fault), Ct);
        for (var tries = 0; tries < 3; tries++)
            Assert.Contains(reason, (await Assert.ThrowsAsync<StorageFailure>(() => Fill())).Message, StringComparison.Ordinal);
        Assert.False(await store.Note(t => Fill(t), Ct));
        using (var reading = await store.Read(Ct))
            Assert.Equal(1, await reading.ExecuteScalarAsync<long>("select count(*) from exchange_integrations"));
        Assert.Single(log.Lines, l => l.Contains(reason, StringComparison.Ordinal));

        await store.Exclusively(c => c.Execute(mended), Ct);
        Assert.True(await Fill());
        Assert.Contains("takes writes again", log.Lines[^1], StringComparison.Ordinal);
        Assert.Null((await readiness.Now(Ct)).WhyNot);
    }

    [Theory]
    [InlineData("deleted", "deleted or moved")]
    [InlineData("replaced", "was replaced")]
    [InlineData("overwritten by another", "was replaced")]
    [InlineData("damaged", "is damaged")]
    [InlineData("newer", "newer version")]
    [InlineData("read-only", "read-only")]
    [InlineData("locked", "another program has locked it")]
    public async Task The_reason_is_told_in_words(string what, string expected)
    {
        Assert.Null((await readiness.Now(Ct)).WhyNot);
        using var other = new SqliteConnection($"Data Source={database.Options.Path};Pooling=False");
        await Break(what, other);
        database.Time.Advance(TimeSpan.FromSeconds(5));
        var why = (await readiness.Now(Ct)).WhyNot!;
        Assert.Equal("database-is-not-ready", why.Code);
        Assert.Contains(expected, why.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(database.Folder, why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_damaged_once_is_written_no_more()
    {
        await Break("damaged", null!);
        await readiness.Now(Ct);
        Assert.Equal(StorageFault.Damaged, (await Assert.ThrowsAsync<StorageFailure>(() => Fill())).Fault);
    }

    [Fact]
    public async Task A_damaged_page_of_integrations_is_told_as_damage()
    {
        await store.Exclusively(c => c.Execute("pragma wal_checkpoint(truncate)"), Ct);
        long page;
        using (var reading = await store.Read(Ct))
            page = await reading.QuerySingleAsync<long>("select rootpage from sqlite_master where name = 'exchange_integrations'");
        using (var file = new FileStream(database.Options.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = (page - 1) * 4096;
            file.Write(new byte[4096]);
        }

        SqliteConnection.ClearAllPools();
        for (var looks = 0; looks < 2; looks++)
        {
            Assert.Contains("is damaged", (await readiness.Now(Ct)).WhyNot?.Message, StringComparison.Ordinal);
            database.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Single(log.Lines, l => l.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_nobody_foresaw_of_a_look_is_logged_and_then_counted()
    {
        await store.Exclusively(c => c.Execute("alter table exchange_integrations rename to moved"), Ct);
        for (var looks = 0; looks < 3; looks++)
        {
            Assert.Contains("the log says how", (await readiness.Now(Ct)).WhyNot?.Message, StringComparison.Ordinal);
            database.Time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Single(log.Lines, l => l.Contains("ended in an unhandled exception", StringComparison.Ordinal));
        Assert.Contains("the 3. unhandled exception in a row", log.Lines[^1], StringComparison.Ordinal);
    }

    private async Task Break(string what, SqliteConnection other)
    {
        var path = database.Options.Path;
        switch (what)
        {
            case "deleted":
                File.Delete(path);
                break;
            case "replaced":
                File.Copy(path, $"{path}.copy");
                File.Move($"{path}.copy", path, overwrite: true);
                break;
            case "overwritten by another":
                await store.Exclusively(c => c.Execute("pragma wal_checkpoint(truncate)"), Ct);
                await other.ExecuteAsync("update installation set id = '00000000-0000-0000-0000-000000000001'");
                break;
            case "newer":
                await other.ExecuteAsync(DatabaseFileTests.Later);
                break;
            case "locked":
                await other.OpenAsync(Ct);
                await other.ExecuteAsync("begin immediate");
                break;
            case "read-only":
                await store.Exclusively(c => c.Execute("pragma query_only = on"), Ct);
                break;
            default:
                await store.Exclusively(c => c.Execute("pragma wal_checkpoint(truncate)"), Ct);
                using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                    file.Write(Encoding.ASCII.GetBytes(new string('x', 4096)));
                break;
        }
    }

    private Task<bool> Fill() => store.Write(
        async t =>
        {
            await Fill(t);
            return true;
        },
        Ct);

    private static Task<int> Fill(DatabaseTransaction transaction)
    {
        const string sql = """
            insert into idempotency_records (idempotency_key, request_mark, resource_id, happened_at)
            values (hex(randomblob(16)), hex(randomblob(5000)), 'x', 'x')
            """;
        return transaction.Execute(sql);
    }

    private async Task<DateTimeOffset> Probed()
    {
        using var connection = await store.Read(Ct);
        return await connection.QuerySingleAsync<DateTimeOffset>("select probed_at from readiness_probe");
    }
}
