using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Postgres.Start;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests;
using Npgsql;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Postgres;

/// <summary>A start on a PostgreSQL database: whose it is, which schema it has, and who prepares it.</summary>
public sealed class PostgresStartTests : IAsyncLifetime
{
    private readonly string name = PostgresCluster.NewName();
    private readonly NotedLog log = new();
    private PostgresCluster cluster = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await PostgresCluster.Running();
        await cluster.Create(name);
    }

    public async ValueTask DisposeAsync() => await cluster.Drop(name);

    [Fact]
    public async Task Five_nodes_that_start_at_once_on_an_empty_database_all_start_and_see_one_installation()
    {
        var nodes = Enumerable.Range(0, 5).Select(_ => Node()).ToList();
        await Task.WhenAll(nodes.Select(node => node.Start().Run(Ct)));
        Assert.Single(nodes.Select(node => node.Store.Installation).Distinct());
        Assert.NotNull(nodes[0].Store.Installation);
        Assert.Equal(PostgresScripts.Known.Count + 1, await Count("select count(*) from schemaversions"));
        Assert.Equal(0, await Count("select count(*) from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = current_database()"));
        foreach (var node in nodes) await node.DisposeAsync();
    }

    [Fact]
    public async Task A_node_says_every_ten_seconds_that_it_waits_for_another_one_and_gives_up_in_the_end()
    {
        await using var other = await Opened();
        await Execute(other, "select pg_advisory_lock(7305811942163456321)");
        await using var node = Node();
        var refused = await Assert.ThrowsAsync<StartRefused>(() => node.Start(new PassingTime()).Run(Ct));
        Assert.Contains("has been preparing the database for 10 minutes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(59, log.Lines.Count(line => line.Contains("this one has waited for", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_script_that_fails_leaves_no_lock_and_nothing_half_made_and_the_next_start_works()
    {
        await Run("create function audit_log_is_append_only() returns integer language sql as 'select 1'");
        await using var node = Node();
        var refused = await Assert.ThrowsAsync<StartRefused>(() => node.Start().Run(Ct));
        Assert.Contains("could not be brought to this version's schema", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Count("select count(*) from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = current_database()"));
        Assert.Equal(0, await Count("select count(*) from pg_tables where schemaname = 'public' and tablename <> 'schemaversions'"));
        await Run("drop function audit_log_is_append_only()");
        await node.Start().Run(Ct);
    }

    [Fact]
    public async Task A_schema_of_a_newer_version_is_refused_and_stays_as_it_is()
    {
        await using var node = Node();
        await node.Start().Run(Ct);
        await Run("insert into schemaversions (scriptname, applied) select replace(scriptname, '0001', '9999'), now() from schemaversions");
        var refused = await Assert.ThrowsAsync<StartRefused>(() => node.Start().Run(Ct));
        Assert.Contains("made by a newer version", refused.Message, StringComparison.Ordinal);
        var unready = await Assert.ThrowsAsync<StorageFailure>(() => node.Probe.Demand(Ct));
        Assert.Equal(StorageFault.OfNewerVersion, unready.Fault);
    }

    [Theory]
    [InlineData("create table invoices (id integer)")]
    [InlineData("create table schemaversions (scriptname text); create table invoices (id integer); insert into schemaversions values ('Other.0001.sql')")]
    public async Task A_database_of_another_program_is_refused_and_stays_as_it_is(string sql)
    {
        await Run(sql);
        await using var node = Node();
        var refused = await Assert.ThrowsAsync<StartRefused>(() => node.Start().Run(Ct));
        Assert.Contains("tables that are not CleanSync's, such as invoices", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Count("select count(*) from pg_tables where tablename = 'installation'"));
    }

    [Fact]
    public async Task A_database_that_is_not_there_an_account_that_is_unknown_and_a_server_that_is_silent_are_told_apart()
    {
        await using var nowhere = new PostgresParts(cluster.ConnectionString("not_there"));
        var refused = await Assert.ThrowsAsync<StartRefused>(() => nowhere.Start().Run(Ct));
        Assert.Contains("There is no database not_there on the PostgreSQL server 127.0.0.1:", refused.Message, StringComparison.Ordinal);
        Assert.Contains("create database not_there owner cleansync", refused.Message, StringComparison.Ordinal);
        await using var stranger = new PostgresParts(
            cluster.ConnectionString(name).Replace("Username=cleansync", "Username=stranger", StringComparison.Ordinal));
        refused = await Assert.ThrowsAsync<StartRefused>(() => stranger.Start().Run(Ct));
        Assert.Contains("refuses the account stranger", refused.Message, StringComparison.Ordinal);
        await using var silent = new PostgresParts("Host=127.0.0.1;Port=1;Database=x;Username=u;Password=geheim");
        refused = await Assert.ThrowsAsync<StartRefused>(() => silent.Start().Run(Ct));
        Assert.Contains("The PostgreSQL server 127.0.0.1:1 cannot be reached: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_is_refused()
    {
        await cluster.Run($"alter database {name} set default_transaction_read_only = on");
        await using var node = Node();
        Assert.Contains("takes no writes", (await Assert.ThrowsAsync<StartRefused>(() => node.Start().Run(Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_beside_the_server_makes_no_schema_of_an_older_one_and_a_start_takes_no_lease_away()
    {
        await using var command = new PostgresParts(cluster.ConnectionString(name), besideServer: true);
        Assert.False(await command.Start().IsThere(Ct));
        await using var node = Node();
        await node.Start().Run(Ct);
        Assert.True(await command.Start().IsThere(Ct));
        await Run("insert into nodes (name, life, started_at, seen_at, lives_until) values ('other', gen_random_uuid(), now(), now(), now())");
        await command.Start().Run(Ct);
        await node.Start().Run(Ct);
        Assert.Equal(1, await Count("select count(*) from nodes"));
        await Run("update schemaversions set scriptname = replace(scriptname, '0001', '0000')");
        Assert.Contains(
            "newer version", (await Assert.ThrowsAsync<StartRefused>(() => command.Start().Run(Ct))).Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever waits waits no time, and the clock has moved by it.</summary>
    private sealed class PassingTime : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Add(ref now, dueTime.Ticks);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    private PostgresParts Node() => new(cluster.ConnectionString(name), log: log.CreateLogger("start"));

    private Task Run(string sql) => cluster.Run(sql, name);

    private async Task<NpgsqlConnection> Opened()
    {
        var connection = new NpgsqlConnection($"{cluster.ConnectionString(name)};Pooling=false");
        await connection.OpenAsync(Ct);
        return connection;
    }

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct);
    }

    private async Task<long> Count(string sql)
    {
        await using var connection = await Opened();
        return (long)(await Execute(connection, sql))!;
    }
}
