using System.Globalization;

namespace CleanSync.Infrastructure.Exchange.Protocol.Items;

/// <summary>xs:dateTime as Exchange speaks it: sent as UTC with Z, to the second; read with Z, with an offset, or with neither.</summary>
internal static class EwsTime
{
    public static string Format(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// The instant in UTC, or null if the text is no dateTime. Without a suffix it is taken as UTC, and <paramref name="zoneless"/> is set.
    /// </summary>
    /// <remarks>So does the first or the last year of the calendar: no Exchange has such dates, and no zone can be applied to
    /// them.</remarks>
    public static DateTimeOffset? Parse(string text, ref bool zoneless)
    {
        if (!DateTimeOffset.TryParseExact(text.AsSpan().Trim(), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            || instant.Year is 1 or 9999)
            return null;
        zoneless |= text.AsSpan(text.IndexOf('T', StringComparison.Ordinal)).IndexOfAny("Z+-") < 0;
        return instant;
    }
}
