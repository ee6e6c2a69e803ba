using CleanSync.Application;
using CleanSync.Application.Syncing;
using CleanSync.Infrastructure.Persistence.Nodes;
using Microsoft.Extensions.Configuration;

namespace CleanSync.Infrastructure.Scheduling;

internal static class ConfiguredSync
{
    private const string Section = "Sync";

    /// <summary>
    /// A given poll interval without a longest one is the interval of every calendar, busy or quiet. A node without a name is called after
    /// its machine and its process; a process number alone comes again, in a container at every start.
    /// </summary>
    public static SyncOptions Read(IConfiguration configuration, NodeLife life)
    {
        var read = Settings.Read(Section, key => configuration[key], new SyncOptions());
        if (read.LeaseFor <= read.CallTimeout + read.LeaseMargin)
        {
            throw new StartRefused(
                $"{Section}:{nameof(SyncOptions.LeaseFor)} is {read.LeaseFor:c}, so no call to Exchange would ever start. "
                + $"Expected more than {nameof(SyncOptions.CallTimeout)} and {nameof(SyncOptions.LeaseMargin)} together, "
                + $"which are {read.CallTimeout + read.LeaseMargin:c}.");
        }

        if (read.NodeName.Length == 0)
            read = read with { NodeName = $"{Environment.MachineName}-{Environment.ProcessId}-{life.Id.ToString("N")[..8]}" };
        var isOneForAll = IsGiven(nameof(SyncOptions.PollInterval)) && !IsGiven(nameof(SyncOptions.LongestPollInterval));
        return isOneForAll ? read with { LongestPollInterval = read.PollInterval } : read;

        bool IsGiven(string option) => !string.IsNullOrEmpty(configuration[$"{Section}:{option}"]);
    }
}
