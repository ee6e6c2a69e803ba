using CleanSync.Application.Syncing;
using Microsoft.Extensions.Configuration;

namespace CleanSync.Infrastructure.Scheduling;

internal static class ConfiguredSync
{
    /// <summary>A given poll interval without a longest one is the interval of every calendar, busy or quiet. Every pace of <see cref="SyncOptions"/> under its own name in the section; what is not given keeps its default.</summary>
    public static SyncOptions Read(IConfiguration section)
    {
        var standard = new SyncOptions();
        var shortest = section.Span(nameof(SyncOptions.PollInterval), standard.PollInterval);
        return new SyncOptions
        {
            PollInterval = shortest,
            LongestPollInterval = section.Span(nameof(SyncOptions.LongestPollInterval), section[nameof(SyncOptions.PollInterval)] is null ? standard.LongestPollInterval : shortest),
            CallsAtOnce = Calls(section, nameof(SyncOptions.CallsAtOnce), standard.CallsAtOnce),
            CallsAtOnceAsDelegate = Calls(section, nameof(SyncOptions.CallsAtOnceAsDelegate), standard.CallsAtOnceAsDelegate),
            PollIntervalWithBell = section.Span(nameof(SyncOptions.PollIntervalWithBell), standard.PollIntervalWithBell),
            CallTimeout = section.Span(nameof(SyncOptions.CallTimeout), standard.CallTimeout),
            AttemptGrace = section.Span(nameof(SyncOptions.AttemptGrace), standard.AttemptGrace),
            SearchBeforeCreateAfter = section.Span(nameof(SyncOptions.SearchBeforeCreateAfter), standard.SearchBeforeCreateAfter),
            LeaseFor = section.Span(nameof(SyncOptions.LeaseFor), standard.LeaseFor),
            LeaseMargin = section.Span(nameof(SyncOptions.LeaseMargin), standard.LeaseMargin),
            FirstPause = section.Span(nameof(SyncOptions.FirstPause), standard.FirstPause),
            LongestPause = section.Span(nameof(SyncOptions.LongestPause), standard.LongestPause),
            ReadBatch = section.GetValue(nameof(SyncOptions.ReadBatch), standard.ReadBatch),
            WindowReadThreshold = section.GetValue(nameof(SyncOptions.WindowReadThreshold), standard.WindowReadThreshold),
            Parallelism = section.GetValue(nameof(SyncOptions.Parallelism), standard.Parallelism),
            NodeName = section[nameof(SyncOptions.NodeName)] ?? standard.NodeName,
        };
    }

    private static int Calls(IConfiguration section, string key, int otherwise)
    {
        var calls = section.GetValue(key, otherwise);
        return calls is >= 1 and <= 20 ? calls : throw new InvalidOperationException($"Sync:{key} is {calls}. Exchange stands 1 to 20 calls at once from one account.");
    }
}
