using CleanSync.Model.Cluster;
using Xunit;

namespace CleanSync.EndToEndTests.Nodes;

/// <summary>The minute's form of the command <c>cluster</c>: two processes on one PostgreSQL.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task Two_nodes_that_are_killed_and_stand_still_by_turns_lose_nothing_and_do_nothing_twice()
    {
        var seed = Environment.TickCount & 0xFFFFF;
        using var told = new StringWriter();
        try
        {
            var broken = await new ClusterRun(links: 40, seconds: 60, seed, told).Run();
            Assert.True(broken.Count == 0, told.ToString());
        }
        catch (TimeoutException late)
        {
            Assert.Fail($"seed {seed}: {late.Message}\n{told}");
        }
    }
}
