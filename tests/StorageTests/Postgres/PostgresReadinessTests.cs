using CleanSync.Application;
using CleanSync.Infrastructure.Persistence.Integrations;
using CleanSync.StorageTests.Databases;
using CleanSync.UnitTests;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Postgres;

/// <summary>What /health/ready says of a PostgreSQL database, and what writes and reads meet meanwhile.</summary>
public sealed class PostgresReadinessTests : IAsyncLifetime
{
    private readonly string name = PostgresCluster.NewName();
    private readonly NotedLog log = new();
    private PostgresCluster cluster = null!;
    private PostgresParts node = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await PostgresCluster.Running();
        await cluster.Create(name);
        node = new PostgresParts(cluster.ConnectionString(name), log: log.CreateLogger("database"));
        await node.Start().Run(Ct);
        await node.Probe.Demand(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await cluster.Drop(name);
    }

    [Fact]
    public async Task While_the_server_takes_no_writes_reads_go_on_notes_are_left_out_and_it_is_logged_once_until_it_does()
    {
        await cluster.Run($"alter database {name} set default_transaction_read_only = on");
        await EndConnections();
        for (var n = 0; n < 3; n++) Assert.Equal(StorageFault.ServerIsReadOnly, await Fault());
        Assert.False(await node.Store.Note(t => t.Execute("delete from nodes"), Ct));
        Assert.Null(await new RefusedLogons(node.Store).Find("nobody", Ct));
        Assert.Single(log.Lines, line => line.Contains("takes no writes: it is a standby", StringComparison.Ordinal));
        await cluster.Run($"alter database {name} reset default_transaction_read_only");
        await EndConnections();
        await node.Probe.Demand(Ct);
        Assert.Null(node.Store.Fault);
        Assert.Single(log.Lines, line => line.Contains("takes writes again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_database_in_its_place_is_noticed()
    {
        await cluster.Run("update installation set id = gen_random_uuid()", name);
        Assert.Equal(StorageFault.OtherDatabase, await Fault());
    }

    [Fact]
    public async Task A_database_without_the_tables_and_one_that_is_gone_are_no_databases_of_ours()
    {
        await cluster.Run("drop table readiness_probe", name);
        Assert.Equal(StorageFault.OtherDatabase, await Fault());
        await cluster.Drop(name);
        Assert.Equal(StorageFault.OtherDatabase, await Fault());
    }

    private async Task<StorageFault?> Fault() => (await Assert.ThrowsAsync<StorageFailure>(() => node.Probe.Demand(Ct))).Fault;

    private Task EndConnections() => cluster.Run(
        $"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}' and pid <> pg_backend_pid()");
}
