using System.Text.RegularExpressions;
using CleanSync.Application.Syncing.Storing;
using CleanSync.StorageTests.Databases;
using Dapper;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Postgres;

/// <summary>What is asked often is answered through indexes: the server itself says how it answered.</summary>
public sealed partial class PostgresQueryPlanTests : IAsyncLifetime
{
    /// <summary>Those that grow with staff, bookings and time; the others hold a few rows, and are read whole with reason.</summary>
    private static readonly string[] Large =
    [
        "staff_calendar_links", "synced_events", "create_attempts", "appointments", "appointment_staff", "clean_up_items", "sync_runs",
        "removed_events", "removals", "idempotency_records", "link_warnings", "mailbox_leases", "audit_entries",
    ];

    private readonly TemporaryPostgres db = new();

    public async ValueTask InitializeAsync()
    {
        await db.InitializeAsync();
        var links = Enumerable.Range(0, 1000).Select(n => Sample.Link(db.Integration.Id, $"staff-{n}") with { NextSyncAt = Now.AddHours(1) }).ToList();
        Assert.True(await db.Commit(new ChangeSet { Links = links }));
        Assert.True(await db.Commit(new ChangeSet { Keep = [.. Enumerable.Range(0, 10000).Select(n => Sample.External(links[n % 1000].Id, $"item-{n}"))] }));
        Assert.True(await db.Commit(new ChangeSet { Appointments = [.. Enumerable.Range(0, 3000).Select(n => Sample.Appointment($"staff-{n % 1000}"))] }));
        await db.Store.Execute("""
            insert into clean_up_items (id, link_id, integration_id, mailbox_address, calendar_id, since, next_try_at, tries, version)
            select gen_random_uuid(), id, integration_id, '', '', @Now, @later, 1, 1 from staff_calendar_links;
            insert into link_warnings (id, link_id, happened_at, code, reason)
            select gen_random_uuid(), l.id, @Now, 'code', 'reason' from staff_calendar_links l, generate_series(1, 5);
            insert into mailbox_leases (link_id, token) select id, 1 from staff_calendar_links;
            insert into idempotency_records (idempotency_key, request_mark, resource_id, happened_at)
            select id::text, '', id, @Now from appointments;
            """, new { Now, later = Now.AddHours(1) }, Ct);
        await Run(
            "analyze",
            $"alter database {Name} set session_preload_libraries = 'auto_explain'",
            $"alter database {Name} set auto_explain.log_min_duration = 0",
            EndConnections);
    }

    public async ValueTask DisposeAsync()
    {
        await Run($"alter database {Name} reset all", EndConnections);
        await db.DisposeAsync();
    }

    [Fact]
    public async Task No_question_that_is_asked_often_reads_a_large_table_whole()
    {
        var plans = await Plans(async () =>
        {
            await HotQuestions.Ask(db);
            await HotQuestions.Show(db);
        });
        Assert.True(plans.Count > 30, $"{plans.Count} plans");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', plans));
        Assert.Equal("", string.Join('\n', plans.Where(plan => WholeTables(plan).Any())));
    }

    [Fact]
    public async Task The_check_can_fail()
    {
        var plans = await Plans(async () =>
        {
            await using var connection = await db.Store.Read(Ct);
            await connection.ExecuteScalarAsync<long>("select count(*) from synced_events where title = 'nobody asks so'");
        });
        Assert.Equal(["synced_events"], plans.SelectMany(WholeTables));
    }

    /// <summary>A scan of the table, or of an index without a condition.</summary>
    private static IEnumerable<string> WholeTables(string plan)
    {
        var lines = plan.Split('\n');
        for (var n = 0; n < lines.Length; n++)
        {
            if (Scan().Match(lines[n]) is not { Success: true } scan || !Large.Contains(scan.Groups["table"].Value)) continue;
            var isWhole = scan.Groups["kind"].Value is "Seq Scan"
                || !lines.Skip(n + 1).Take(scan.Groups["kind"].Value is "Bitmap Heap Scan" ? 4 : 1).Any(line => line.Contains("Index Cond", StringComparison.Ordinal));
            // One that holds marked rows only is read whole to find them.
            if (isWhole && scan.Groups["index"].Value is not "ix_staff_calendar_links_deletions") yield return scan.Groups["table"].Value;
        }
    }

    private string Name => db.Parts.Settings.Database;

    private string EndConnections =>
        $"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{Name}' and pid <> pg_backend_pid()";

    private async Task Run(params string[] statements)
    {
        var cluster = await PostgresCluster.Running();
        foreach (var sql in statements) await cluster.Run(sql, Name);
    }

    /// <summary>What the server wrote into its log of how it answered.</summary>
    private static async Task<IReadOnlyList<string>> Plans(Func<Task> asking)
    {
        var log = (await PostgresCluster.Running()).LogFile;
        var before = new FileInfo(log).Length;
        await asking();
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(before, SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        return [.. Entry().Matches(await reader.ReadToEndAsync(Ct)).Select(entry => entry.Value)];
    }

    [GeneratedRegex(@"(?<kind>Seq Scan|Index Scan|Index Only Scan|Bitmap Heap Scan)(?: Backward)?(?: using (?<index>\w+))? on (?<table>\w+)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"duration:[^\n]*plan:\n(?:\t[^\n]*\n)+")]
    private static partial Regex Entry();
}
