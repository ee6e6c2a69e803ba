using System.Diagnostics;
using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.VirtualTime;

/// <summary>In a process of its own, because it measures the memory of the process.</summary>
public sealed class SoakTests
{
    [Fact, Long]
    public async Task An_hour_of_trouble_ends_with_nothing_missed_nothing_left_over_and_memory_flat()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "CleanSync.Model.dll"), "soak", "--mailboxes", "40",
            "--minutes", "60", "--seed", "1" }) start.ArgumentList.Add(argument);
        using var soak = Process.Start(start)!;
        var report = await soak.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await soak.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(soak.ExitCode == 0, report);
    }
}
