using CleanSync.Application;
using CleanSync.Application.Syncing.Storing;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.Infrastructure.Persistence.Links;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.StorageTests.Databases;
using Dapper;
using Npgsql;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Postgres;

/// <summary>What several nodes do to each other's transactions, and what a lost connection does to one.</summary>
public sealed class PostgresTransactionTests : FreshDatabase<TemporaryPostgres>
{
    [Fact]
    public async Task A_lease_cannot_be_taken_over_between_the_check_of_a_commit_and_its_end()
    {
        var lease = (await Db.Leases.TryTake(Db.Link.Id, "slow", TimeSpan.FromMinutes(5), Ct))!;
        var (checkedIt, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var commit = Db.Store.Write(
            async transaction =>
            {
                var holds = await transaction.LockShared(
                    "select 1 from mailbox_leases where link_id = @LinkId and token = @Token and owner is not null", lease);
                checkedIt.SetResult();
                await goOn.Task;
                return holds;
            },
            Ct);
        await checkedIt.Task;
        Db.Time.Advance(TimeSpan.FromMinutes(6));
        var takeover = new MailboxLeases(Db.Store, new NodeLife(Guid.NewGuid()), Db.Time)
            .TryTake(Db.Link.Id, "other", TimeSpan.FromMinutes(5), Ct);
        await Waits(takeover);
        goOn.SetResult();
        Assert.True(await commit);
        Assert.Equal(lease.Token + 1, (await takeover)!.Token);
        Assert.False(await Db.Commit(new ChangeSet { Lease = lease, Links = [Db.Link] }));
    }

    [Fact]
    public async Task A_link_is_claimed_while_an_event_of_it_is_being_stored()
    {
        await using var other = await Db.Store.Writer(Ct);
        await using var storing = await other.BeginTransactionAsync(Ct);
        await other.ExecuteAsync(
            "insert into sync_runs (id, link_id, started_at, ended_at, changes) values (@id, @link, now(), now(), 1)",
            new { id = Guid.NewGuid(), link = Db.Link.Id },
            storing);
        Assert.NotNull(await Db.Leases.TryTake(Db.Link.Id, "node", TimeSpan.FromMinutes(5), Ct));
        Assert.True(await Db.Store.Write(t => t.LockExclusive("select 1 from staff_calendar_links where id = @Id", new { Db.Link.Id }), Ct));
        var removal = Db.Store.Write(t => t.LockForRemoval("select 1 from staff_calendar_links where id = @Id", new { Db.Link.Id }), Ct);
        await Waits(removal);
        await storing.CommitAsync(Ct);
        Assert.True(await removal);
    }

    [Fact]
    public async Task Of_two_that_wait_for_each_other_one_is_run_again_and_both_are_stored()
    {
        Db.IsNotGivenBack = true; // the next test counts deadlocks
        var other = await Db.Linked(Sample.Link(Db.Integration.Id, "bert"));
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var runs = 0;
        await Task.WhenAll(Both(Db.Link.Id, other.Id, first, second.Task), Both(other.Id, Db.Link.Id, second, first.Task));
        Assert.True(runs > 2, "Nobody was run again.");
        Assert.Equal(Db.Link.Version + 2, (await Db.Links.Find(Db.Link.Id, Ct))!.Version);
        Assert.Equal(other.Version + 2, (await Db.Links.Find(other.Id, Ct))!.Version);

        Task<bool> Both(Guid one, Guid then, TaskCompletionSource mine, Task theirs) => Db.Store.Write(
            async transaction =>
            {
                const string sql = "update staff_calendar_links set version = version + 1 where id = @id";
                Interlocked.Increment(ref runs);
                await transaction.Execute(sql, new { id = one });
                mine.TrySetResult();
                await theirs;
                return await transaction.Execute(sql, new { id = then }) == 1;
            },
            Ct);
    }

    [Fact]
    public async Task Commits_of_the_same_links_in_reversed_order_never_block_each_other()
    {
        var links = await Many(20);
        for (var round = 0; round < 25; round++)
        {
            var now = await Task.WhenAll(links.Select(l => Db.Links.Find(l.Id, Ct)));
            var outcomes = await Task.WhenAll(
                Db.Commit(new ChangeSet { Links = [.. now!] }), Db.Commit(new ChangeSet { Links = [.. now.Reverse()!] }));
            Assert.Single(outcomes, stored => stored);
        }

        await using var connection = await Db.Store.Writer(Ct);
        await connection.ExecuteAsync("select pg_stat_force_next_flush()");
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    [Fact]
    public async Task What_belongs_to_a_link_that_goes_meanwhile_finds_on_a_second_look_that_it_is_gone()
    {
        await using var other = await Db.Store.Writer(Ct);
        await using var removing = await other.BeginTransactionAsync(Ct);
        await other.ExecuteAsync("delete from staff_calendar_links where id = @Id", new { Db.Link.Id }, removing);
        var taking = Db.Leases.TryTake(Db.Link.Id, "node", TimeSpan.FromMinutes(5), Ct);
        await Waits(taking);
        await removing.CommitAsync(Ct);
        Assert.Null(await taking);
    }

    [Fact]
    public async Task A_connection_that_is_lost_in_a_commit_leaves_the_outcome_unknown_and_nothing_is_tried_again()
    {
        await using var proxy = new PostgresProxy((await PostgresCluster.Running()).Port);
        await using var node = new PostgresParts(ThroughPort(proxy.Port));
        var records = new RefusedLogons(node.Store);
        await records.Add("account", "server", Now, TimeSpan.FromHours(1), Ct);
        proxy.CutAfter = "COMMIT\0"u8.ToArray(); // not the isolation of that name
        var failure = await Assert.ThrowsAsync<StorageFailure>(
            () => records.Add("account", "server", Now, TimeSpan.FromHours(1), Ct));
        proxy.CutAfter = null;
        Assert.Equal(StorageFault.OutcomeIsUnknown, failure.Fault);
        Assert.Contains("it is stored, or it is not", failure.Refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, proxy.Cuts);
        await Until(async () => (await records.Find("account", Ct))!.Refusals == 2); // this time it was, once
        await records.Add("account", "server", Now, TimeSpan.FromHours(1), Ct);
        Assert.Equal(3, (await records.Find("account", Ct))!.Refusals);
    }

    [Fact]
    public async Task A_connection_that_is_lost_before_the_commit_is_no_ones_failure()
    {
        await using var proxy = new PostgresProxy((await PostgresCluster.Running()).Port);
        await using var node = new PostgresParts(ThroughPort(proxy.Port));
        var (records, cut) = (new RefusedLogons(node.Store), false);
        proxy.CutAfter = "insert into refused_logons"u8.ToArray();
        await node.Store.Write(
            async transaction =>
            {
                if (cut) proxy.CutAfter = null;
                cut = true;
                return await transaction.Execute(
                    "insert into refused_logons (account_name, server, refusals, refused_at) values ('a', 's', 1, @Now)", new { Now }) == 1;
            },
            Ct);
        Assert.Equal((1, 1), (proxy.Cuts, (await records.Find("a", Ct))!.Refusals));
    }

    [Fact]
    public async Task After_a_restart_of_the_server_nobody_meets_the_connections_from_before()
    {
        await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => Db.Links.Find(Db.Link.Id, Ct)));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Db.Store.Execute("select pg_sleep(0.01)", new { }, Ct)));
        await EndConnections();
        for (var n = 0; n < 10; n++)
        {
            Assert.NotNull(await Db.Links.Find(Db.Link.Id, Ct));
            await using var snapshot = await Db.Store.ReadSnapshot(Ct);
            Assert.NotNull(await Db.Leases.TryTake(Db.Link.Id, "node", TimeSpan.FromMinutes(5), Ct));
            Db.Time.Advance(TimeSpan.FromHours(1));
        }

        await EndConnections();
        Assert.Equal([Db.Link.Id], (await Db.Links.OfStaff(["anna"], Ct)).Select(l => l.Id)); // a snapshot first
        await EndConnections();
        Assert.False(await Db.Store.Write(async t => await t.Execute("delete from nodes") == 1, Ct)); // a write first
    }

    [Fact]
    public async Task A_change_of_the_schema_under_a_running_node_is_no_failure_of_its_questions()
    {
        for (var n = 0; n < 6; n++) Assert.NotNull(await Db.Links.Find(Db.Link.Id, Ct)); // prepared by now
        await Db.Store.Execute("alter table staff_calendar_links add column of_the_future text collate \"C\"", new { }, Ct);
        try
        {
            Assert.NotNull(await Db.Links.Find(Db.Link.Id, Ct));
        }
        finally
        {
            await Db.Store.Execute("alter table staff_calendar_links drop column of_the_future", new { }, Ct);
        }
    }

    [Fact]
    public async Task A_lock_that_is_not_given_up_is_waited_for_no_longer_than_it_may_be()
    {
        await using var impatient = new PostgresParts(Db.Parts.Options.ConnectionString + ";Options=-c lock_timeout=50ms");
        await using var other = await Db.Store.Writer(Ct);
        await using var holding = await other.BeginTransactionAsync(Ct);
        await other.ExecuteAsync("select 1 from staff_calendar_links for update", transaction: holding);
        var failure = await Assert.ThrowsAsync<StorageFailure>(
            () => impatient.Store.Execute("update staff_calendar_links set version = version + 1", new { }, Ct));
        Assert.Equal(StorageFault.Busy, failure.Fault);
        Assert.False(await impatient.Store.Note(t => t.Execute("update staff_calendar_links set version = 1"), Ct));
    }

    [Fact]
    public async Task A_node_that_stands_still_in_a_transaction_loses_it_and_is_told()
    {
        await using var frozen = new PostgresParts(
            Db.Parts.Options.ConnectionString + ";Options=-c idle_in_transaction_session_timeout=50ms");
        var runs = 0;
        var failure = await Assert.ThrowsAsync<StorageFailure>(() => frozen.Store.Write(
            async transaction =>
            {
                runs++;
                await transaction.LockForRemoval("select 1 from staff_calendar_links where id = @Id", new { Db.Link.Id });
                Assert.True(await Db.Store.Write(
                    t => t.LockExclusive("select 1 from staff_calendar_links where id = @Id", new { Db.Link.Id }), Ct)); // waits for its end
                return await transaction.Execute("delete from nodes") >= 0;
            },
            Ct));
        Assert.Equal((StorageFault.Unreachable, 2), (failure.Fault, runs));
    }

    private string ThroughPort(string port) => new NpgsqlConnectionStringBuilder(Db.Parts.Options.ConnectionString)
    {
        Port = int.Parse(port, System.Globalization.CultureInfo.InvariantCulture),
    }.ConnectionString;

    private async Task<IReadOnlyList<StaffCalendarLink>> Many(int count)
    {
        var links = Enumerable.Range(0, count).Select(n => Sample.Link(Db.Integration.Id, $"staff-{n}")).ToList();
        Assert.True(await Db.Commit(new ChangeSet { Links = links }));
        return links;
    }

    private Task<long> EndConnections() => Ask<long>(
        "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = @Database and pid <> pg_backend_pid()");

    /// <summary>It waits for a lock, and has not ended without.</summary>
    private async Task Waits(Task work)
    {
        const string sql = "select count(*) from pg_stat_activity where datname = @Database and wait_event_type = 'Lock'";
        await Until(async () => work.IsCompleted || await Ask<long>(sql) > 0);
        Assert.False(work.IsCompleted, "Nothing held it off.");
    }

    private async Task<T?> Ask<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(
            (await PostgresCluster.Running()).ConnectionString("postgres") + ";Pooling=false;GSS Encryption Mode=Disable");
        return await connection.ExecuteScalarAsync<T>(sql, new { Db.Parts.Settings.Database });
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        while (!await condition()) await Task.Delay(5, Ct);
    }
}
