using System.Globalization;
using CleanSync.Application.Retention;
using Microsoft.Extensions.Configuration;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Retention is configured in whole days, so that no slip of a unit removes what was meant to stay.</summary>
internal static class ConfiguredRetention
{
    private const int LongestDays = 36_500;

    /// <summary>What is not given keeps its default.</summary>
    public static RetentionOptions Read(IConfiguration section)
    {
        var standard = new RetentionOptions();
        return new RetentionOptions
        {
            Appointments = Days(section, "AppointmentDays", 30),
            IdempotencyRecords = Days(section, "IdempotencyDays", 1) ?? standard.IdempotencyRecords,
            SyncRuns = Days(section, "SyncRunDays", 1) ?? standard.SyncRuns,
            Rechecks = Days(section, "RecheckDays", 1) ?? standard.Rechecks,
            Conflicts = Days(section, "ConflictDays", 1) ?? standard.Conflicts,
            Disconnections = Days(section, "DisconnectionDays", 1) ?? standard.Disconnections,
            Erasures = Days(section, "ErasureDays", 1) ?? standard.Erasures,
        };
    }

    /// <summary>Null when it is not given.</summary>
    private static TimeSpan? Days(IConfiguration section, string key, int fewest)
    {
        if (section[key] is not { Length: > 0 } text) return null;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days);
        if (isNumber && days >= fewest && days <= LongestDays) return TimeSpan.FromDays(days);
        throw new InvalidOperationException(
            $"Retention:{key} is '{text}'. Write a whole number of days, {fewest} to {LongestDays}, or leave it out.");
    }
}
