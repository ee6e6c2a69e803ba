using System.Globalization;
using System.Text.RegularExpressions;

namespace CleanSync.ExchangeSimulator.Protocol.Schema;

/// <summary>The kinds of text that attributes and leaf elements hold.</summary>
internal static partial class SimpleTexts
{
    private static readonly string[] Days =
        ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Day", "Weekday", "WeekendDay"];

    private static readonly string[] ConfigurationParts = ["Id", "Dictionary", "XmlData", "BinaryData", "All"];

    public static bool IsKnown(string kind) =>
        kind is "string" or "nonEmpty" or "bool" or "int" or "dateTime" or "date" or "guid" or "fieldUri" or "maxChanges" or "streamMinutes"
            or "daysOfWeek" or "configurationParts";

    public static bool Accepts(string kind, string text, ExchangeVersion version) => kind switch
    {
        "string" => true,
        "nonEmpty" => text.Length > 0,
        "bool" => text.Trim() is "true" or "false" or "0" or "1",
        "int" =>
            int.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out _),
        "dateTime" => DateTimeText().IsMatch(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateText().IsMatch(text)
            && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "guid" => Guid.TryParseExact(text, "D", out _),
        "fieldUri" => FieldUris.Exists(text, version),
        "maxChanges" => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 512,
        "streamMinutes" => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m is >= 1 and <= 30,
        "daysOfWeek" => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } days && days.All(Days.Contains),
        "configurationParts" => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(ConfigurationParts.Contains),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    [GeneratedRegex(@"^\s*\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?\s*$")]
    private static partial Regex DateTimeText();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?$")]
    private static partial Regex DateText();
}
