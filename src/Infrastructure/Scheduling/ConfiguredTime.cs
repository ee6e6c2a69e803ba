using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CleanSync.Infrastructure.Scheduling;

/// <summary>Spans of time in the configuration: hours, minutes and seconds ("00:00:30"), or seconds alone ("30").</summary>
internal static class ConfiguredTime
{
    public static TimeSpan Span(this IConfiguration section, string key, TimeSpan otherwise)
    {
        if (section[key] is not { Length: > 0 } text) return otherwise;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero) return span;
        throw new InvalidOperationException($"'{text}' is not a span of time ({key}). Write seconds (30) or hours, minutes and seconds (00:00:30).");
    }
}
