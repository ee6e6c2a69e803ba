using System.Globalization;

namespace CleanSync.Api.Parsing;

/// <summary>The version that a caller read, from If-Match; an asterisk means any.</summary>
internal readonly record struct IfMatch(int? Version)
{
    public const string Expected = "Expected the ETag of the last answer, such as \"3\", or * for any version.";

    public static bool TryParse(string? text, out IfMatch ifMatch)
    {
        ifMatch = default;
        if (text is "*") return true;
        // Proxies that compress mark an ETag as weak; it names the same version.
        var tag = text?.StartsWith("W/", StringComparison.Ordinal) == true ? text[2..] : text;
        if (tag is not ['"', .. var digits, '"'] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return false;
        ifMatch = new IfMatch(version);
        return true;
    }
}
