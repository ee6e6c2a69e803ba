using CleanSync.Benchmarks.Pressure;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Pressure;

/// <summary>200 mailboxes of which 20 hang, 20 are denied and 20 are throttled: the others do not notice.</summary>
public sealed class CrowdTests
{
    private static readonly Lazy<VirtualPressure> Calm = new(() => VirtualPressure.Play(withFaults: false));
    private static readonly Lazy<VirtualPressure> Troubled = new(() => VirtualPressure.Play(withFaults: true));

    [Fact, Long]
    public void Healthy_mailboxes_see_their_changes_nearly_as_soon_as_if_nobody_hung_was_denied_or_throttled()
    {
        var (calm, troubled) = (Calm.Value.Lags, Troubled.Value.Lags);
        TestContext.Current.TestOutputHelper?.WriteLine($"without faults: {calm}\nwith faults: {troubled}");
        Assert.Equal(calm.All.Count, troubled.All.Count);
        Assert.True(troubled.Mean <= calm.Mean * 1.2, $"{calm} without faults, {troubled} with them");
        Assert.True(troubled.Longest <= calm.Longest * 1.2, $"{calm} without faults, {troubled} with them");
    }

    [Fact, Long]
    public void No_call_to_a_throttled_mailbox_comes_before_the_time_that_Exchange_named()
    {
        Assert.Empty(Troubled.Value.TooEarly);
        Assert.True(Troubled.Value.TimesNamed >= 40, $"Only {Troubled.Value.TimesNamed} times were named.");
    }

    [Fact]
    public void The_gate_holds_at_eight_calls() => Assert.Equal((8, 8), (Calm.Value.MostInFlight, Troubled.Value.MostInFlight));
}
