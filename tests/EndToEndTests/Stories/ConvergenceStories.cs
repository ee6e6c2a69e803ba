using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Stories;

/// <summary>Random edits on both sides, then quiet: both calendars are equal, and a further pass plans nothing.</summary>
public sealed class ConvergenceStories
{
    private static readonly string[] Staff = ["anna", "bert", "cleo"];
    private readonly CancellationToken ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task After_two_hundred_random_edits_and_quiet_both_sides_hold_the_same(int seed)
    {
        await using var exchange = await Organisation.Start(Staff);
        await using var host = new CleanSyncHost();
        var api = host.Client(ct);
        var integration = await api.Connect(exchange.Exchange.EwsUrl);
        foreach (var member in Staff) await api.Link(integration, member);
        await api.Authorize(integration);
        var edits = new RandomEdits(seed, exchange, api, Staff);
        for (var i = 0; i < 200; i++) await edits.Next();

        await new BothSides(exchange, host, Staff, ct).EndEqual(edits, $"seed {seed}\n{string.Join('\n', edits.Done)}");
    }
}
