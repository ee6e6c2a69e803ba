using System.Net;
using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.EndToEndTests.Storage;
using Npgsql;
using Xunit;

namespace CleanSync.EndToEndTests.Outages;

/// <summary>
/// The real executable on a real PostgreSQL server that fails. Before, all is in sync; meanwhile nobody is told that a booking was taken;
/// afterwards both sides hold everything, once, and nobody had to start anything anew.
/// </summary>
[SqliteOnly]
public sealed class PostgresOutageStories
{
    private const string OutOfReach = "its server cannot be reached";
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_PostgreSQL_is_stopped_it_is_told_and_afterwards_nothing_is_lost_or_doubled()
    {
        using var server = await PostgresMachine.Start();
        await using var story = new StorageStory(ct, server.ConnectionString);
        await story.Begin();
        await server.Stop();
        await story.IsRefused(OutOfReach, listWorks: false);
        await server.Up();
        await story.NothingIsLostOrDoubled();
        Assert.Contains("The database takes writes again", story.Output, StringComparison.Ordinal);
        await story.Kill();
    }

    [Fact, Long]
    public async Task While_PostgreSQL_takes_no_writes_reads_go_on_and_afterwards_nothing_is_lost_or_doubled()
    {
        using var server = await PostgresMachine.Start();
        await using var story = new StorageStory(ct, server.ConnectionString);
        await story.Begin();
        await server.Run("alter system set default_transaction_read_only = on");
        await server.Run("select pg_reload_conf()");
        await story.IsRefused("its server takes no writes", listWorks: true);
        await server.Do("sed -i /default_transaction_read_only/d $1/node/postgresql.auto.conf && as $2/pg_ctl -D $1/node reload");
        await story.NothingIsLostOrDoubled();
        await story.Kill();
    }

    [Fact, Long]
    public async Task While_another_client_has_all_connections_it_is_told_and_goes_on_by_itself()
    {
        using var server = await PostgresMachine.Start("max_connections = 30", "superuser_reserved_connections = 0");
        await using var story = new StorageStory(ct, server.ConnectionString);
        await story.Begin();
        var taken = new List<NpgsqlConnection> { await server.Open() };
        for (var rounds = 0; rounds < 10; rounds++) await TakeAll(server, taken);
        await story.IsSeen("no connection");
        var (status, problem) = await story.Try("meanwhile", 11);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:cleansync:database-is-not-ready"), (status, problem!.Text("type")));
        story.SomebodyEdits();
        foreach (var connection in taken) await connection.DisposeAsync();
        await story.NothingIsLostOrDoubled();
        await story.Kill();
    }

    [Fact, Long]
    public async Task While_PostgreSQL_stands_still_the_node_stops_without_a_failure()
    {
        using var server = await PostgresMachine.Start();
        await using var story = new StorageStory(ct, server.ConnectionString);
        await story.Begin();
        await server.Pause();
        var code = await story.Stop();
        await server.Resume();
        Assert.True(code == 0, $"It ended with {code}.\n{story.Output}");
    }

    [Fact, Long]
    public async Task Started_before_PostgreSQL_the_node_ends_with_one_line_that_says_what_to_look_at()
    {
        using var server = await PostgresMachine.Start();
        await using var story = new StorageStory(ct, server.ConnectionString);
        await story.Begin();
        await story.Kill();
        await server.Stop();
        Assert.Contains("cannot be reached", await story.EndsAtStart(), StringComparison.Ordinal);
        await server.Up();
        await story.Start();
        story.SomebodyEdits();
        await story.NothingIsLostOrDoubled();
        await story.Kill();
    }

    /// <summary>The node's connections go, and whatever is free is taken before the node takes it again.</summary>
    private static async Task TakeAll(PostgresMachine server, List<NpgsqlConnection> taken)
    {
        await using var command = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'cleansync'", taken[0]);
        await command.ExecuteNonQueryAsync();
        try
        {
            while (true) taken.Add(await server.Open());
        }
        catch (PostgresException full) when (full.SqlState is PostgresErrorCodes.TooManyConnections)
        {
            // none is free
        }
    }
}
