using CleanSync.Application;
using CleanSync.Application.Syncing;
using CleanSync.Infrastructure.Persistence.Nodes;
using CleanSync.Infrastructure.Scheduling;
using CleanSync.StorageTests.Databases;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static CleanSync.StorageTests.Databases.TemporaryDatabase;

namespace CleanSync.StorageTests.Contracts;

/// <summary>One node under each name.</summary>
public abstract class NodeRegistryContract<TDatabase> : FreshDatabase<TDatabase>
    where TDatabase : TemporaryDatabase, new()
{
    private static readonly TimeSpan Lease = new SyncOptions().LeaseFor;

    [Fact]
    public async Task A_second_node_of_one_name_is_refused_while_the_first_was_seen_within_a_lease()
    {
        var first = Node("north");
        await first.Enter(Ct);
        await Node("south").Enter(Ct);
        Db.Time.Advance(Lease / 2);
        Assert.True(await first.Beat(Ct));
        Db.Time.Advance(Lease - TimeSpan.FromSeconds(1));
        var refused = await Assert.ThrowsAsync<StartRefused>(() => Node("north").Enter(Ct));
        Assert.Contains("as north: it was seen 299 seconds ago", refused.Message, StringComparison.Ordinal);
        Assert.Contains("counts until 2026-03-02 08:07:30Z", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.True(await first.Beat(Ct), "The first one keeps its name.");
    }

    [Fact]
    public async Task A_node_that_was_not_seen_for_a_lease_has_lost_its_name()
    {
        var (first, second) = (Node("north"), Node("north"));
        await first.Enter(Ct);
        Db.Time.Advance(Lease);
        await second.Enter(Ct);
        Assert.False(await first.Beat(Ct));
        await first.Leave(Ct);
        Assert.True(await second.Beat(Ct), "Whoever has lost the name does not give it up.");
    }

    [Fact]
    public async Task A_name_that_was_given_up_or_seen_by_a_clock_that_was_wrong_is_free()
    {
        var first = Node("north");
        await first.Enter(Ct);
        await first.Leave(Ct);
        await Node("north").Enter(Ct);
        Db.Time.AdjustTime(Now.AddYears(-2));
        await Node("north").Enter(Ct);
    }

    [Fact]
    public async Task A_restart_after_a_kill_waits_for_nobody_under_the_name_that_every_process_has_for_itself()
    {
        var (killed, again) = (Unnamed(), Unnamed());
        Assert.NotEqual(killed.Options.NodeName, again.Options.NodeName);
        Assert.StartsWith($"{Environment.MachineName}-{Environment.ProcessId}-", killed.Options.NodeName, StringComparison.Ordinal);
        await killed.Node.Enter(Ct);
        await again.Node.Enter(Ct);
    }

    [Fact]
    public async Task A_running_node_whose_name_was_taken_ends()
    {
        var (sleeper, other) = (Node("north"), Node("north"));
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        using var heartbeat = new NodeHeartbeat(
            sleeper, new SyncOptions { NodeName = "north" }, lifetime, Db.Time, NullLogger<NodeHeartbeat>.Instance);
        await sleeper.Enter(Ct);
        await heartbeat.StartAsync(Ct);
        Db.Time.AdjustTime(Now.AddDays(1)); // it stood still
        await other.Enter(Ct);
        for (var beats = 0; beats < 10 && !lifetime.ApplicationStopping.IsCancellationRequested; beats++)
        {
            Db.Time.Advance(Lease / NodeHeartbeat.BeatsInALease);
            await Task.WhenAny(heartbeat.ExecuteTask!, Task.Delay(TimeSpan.FromSeconds(1), Ct));
        }

        Assert.True(lifetime.ApplicationStopping.IsCancellationRequested);
        Assert.Equal(1, Environment.ExitCode);
        Environment.ExitCode = 0;
    }

    [Fact]
    public async Task A_node_that_is_stopped_gives_its_name_up()
    {
        var node = Node("north");
        using var heartbeat = new NodeHeartbeat(
            node,
            new SyncOptions { NodeName = "north" },
            new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance),
            Db.Time,
            NullLogger<NodeHeartbeat>.Instance);
        await node.Enter(Ct);
        await heartbeat.StartAsync(Ct);
        await Task.WhenAny(heartbeat.ExecuteTask!, Task.Delay(TimeSpan.FromMilliseconds(100), Ct)); // it runs
        await heartbeat.StopAsync(Ct);
        await Node("north").Enter(Ct);
    }

    private NodeRegistry Node(string name) =>
        new(Db.Store, new NodeLife(Guid.NewGuid()), new SyncOptions { NodeName = name });

    private (NodeRegistry Node, SyncOptions Options) Unnamed()
    {
        var life = new NodeLife(Guid.NewGuid());
        var options = ConfiguredSync.Read(new ConfigurationBuilder().Build(), life);
        return (new NodeRegistry(Db.Store, life, options), options);
    }
}
