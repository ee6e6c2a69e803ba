using System.Globalization;
using System.Text.RegularExpressions;

namespace CleanSync.Api.Parsing;

/// <summary>
/// A point in time as the API takes it: ISO 8601 with its offset from UTC. One without is refused, because a server's guess would be wrong.
/// </summary>
internal readonly partial record struct Instant(DateTimeOffset Value)
{
    public const string Expected =
        "Expected a date and time with its offset from UTC, such as 2026-03-02T09:30:00+01:00 or 2026-03-02T08:30:00Z, "
        + "in the years 2000 to 2100.";

    /// <summary>Beyond these a time is a slip of the keyboard, and what reckons with it may not hold it.</summary>
    public const int FirstYear = 2000, LastYear = 2100;

    public static bool TryParse(string? text, out Instant instant)
    {
        instant = default;
        // A plus that was not escaped in a query string arrives as a space.
        if (text is null || !Pattern().IsMatch(text = text.Replace(' ', '+'))) return false;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)) return false;
        if (value.UtcDateTime.Year is < FirstYear or > LastYear) return false;
        instant = new Instant(value);
        return true;
    }

    /// <summary>UTC is written with Z.</summary>
    public static string Write(DateTimeOffset value) => value.Offset == TimeSpan.Zero
        ? value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
        : value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$", RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
