using System.Globalization;

namespace CleanSync.Infrastructure.Persistence;

/// <summary>
/// How ids, instants and days are written where a database has no type for them: of fixed width, so that text order is their own order.
/// </summary>
internal static class StoredText
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Upper case, as Microsoft.Data.Sqlite itself writes a Guid that reaches it past Dapper's handlers.</summary>
    public static string Of(Guid id) => id.ToString("D").ToUpperInvariant();

    public static string Of(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    public static string Of(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset Instant(string text) =>
        DateTimeOffset.ParseExact(
            text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture);
}
