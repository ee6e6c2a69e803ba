using CleanSync.Application;
using CleanSync.Application.Syncing;
using Microsoft.Extensions.Configuration;

namespace CleanSync.Infrastructure.Scheduling;

internal static class ConfiguredSync
{
    private const string Section = "Sync";

    /// <summary>A given poll interval without a longest one is the interval of every calendar, busy or quiet.</summary>
    public static SyncOptions Read(IConfiguration configuration)
    {
        var read = Settings.Read(Section, key => configuration[key], new SyncOptions());
        if (read.LeaseFor <= read.CallTimeout + read.LeaseMargin)
        {
            throw new StartRefused(
                $"{Section}:{nameof(SyncOptions.LeaseFor)} is {read.LeaseFor:c}, so no call to Exchange would ever start. "
                + $"Expected more than {nameof(SyncOptions.CallTimeout)} and {nameof(SyncOptions.LeaseMargin)} together, "
                + $"which are {read.CallTimeout + read.LeaseMargin:c}.");
        }

        var isOneForAll = IsGiven(nameof(SyncOptions.PollInterval)) && !IsGiven(nameof(SyncOptions.LongestPollInterval));
        return isOneForAll ? read with { LongestPollInterval = read.PollInterval } : read;

        bool IsGiven(string option) => !string.IsNullOrEmpty(configuration[$"{Section}:{option}"]);
    }
}
