using System.Globalization;
using CleanSync.Application.Retention;
using Microsoft.Extensions.Configuration;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Retention is configured in whole days, so that no slip of a unit removes what was meant to stay.</summary>
internal static class ConfiguredRetention
{
    /// <summary>Until then an appointment can be undone, and its items are read.</summary>
    private const int FewestForAppointments = 30;

    private const int Longest = 36_500;

    /// <summary>What is not given keeps its default.</summary>
    public static RetentionOptions Read(IConfiguration section)
    {
        var standard = new RetentionOptions();
        return new RetentionOptions
        {
            AppointmentDays = Days(section, nameof(RetentionOptions.AppointmentDays), FewestForAppointments),
            IdempotencyDays = Days(section, nameof(RetentionOptions.IdempotencyDays)) ?? standard.IdempotencyDays,
            SyncRunDays = Days(section, nameof(RetentionOptions.SyncRunDays)) ?? standard.SyncRunDays,
            RecheckDays = Days(section, nameof(RetentionOptions.RecheckDays)) ?? standard.RecheckDays,
            ConflictDays = Days(section, nameof(RetentionOptions.ConflictDays)) ?? standard.ConflictDays,
            DisconnectionDays = Days(section, nameof(RetentionOptions.DisconnectionDays)) ?? standard.DisconnectionDays,
            ErasureDays = Days(section, nameof(RetentionOptions.ErasureDays)) ?? standard.ErasureDays,
        };
    }

    /// <summary>Null when it is not given.</summary>
    private static int? Days(IConfiguration section, string key, int fewest = 1)
    {
        if (section[key] is not { Length: > 0 } text) return null;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days);
        if (isNumber && days >= fewest && days <= Longest) return days;
        throw new InvalidOperationException(
            $"Retention:{key} is '{text}'. Write a whole number of days, {fewest} to {Longest}, or leave it out.");
    }
}
