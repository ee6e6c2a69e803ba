using CleanSync.Application.Syncing;
using Microsoft.Extensions.Configuration;

namespace CleanSync.Infrastructure.Scheduling;

internal static class ConfiguredSync
{
    /// <summary>Every pace of <see cref="SyncOptions"/> under its own name in the section; what is not given keeps its default.</summary>
    public static SyncOptions Read(IConfiguration section)
    {
        var standard = new SyncOptions();
        return new SyncOptions
        {
            PollInterval = section.Span(nameof(SyncOptions.PollInterval), standard.PollInterval),
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
}
