using FluentValidation;

namespace CleanSync.Api.Parsing;

/// <summary>Validation failures under the names that the fields have in the request.</summary>
internal static class FieldErrors
{
    public static InvalidRequest Of(ValidationException invalid) => new(invalid.Errors
        .GroupBy(e => NameOnTheWire(e.PropertyName), StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Select(e => e.ErrorMessage).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal));

    public static InvalidRequest Of(string field, string expected) => new(new Dictionary<string, string[]> { [field] = [expected] });

    /// <summary>Commands group settings that lie flat in the request; everything else only differs in its first letter.</summary>
    private static string NameOnTheWire(string property)
    {
        if (property.Length == 0) return "request";
        var flat = property.StartsWith("Settings.", StringComparison.Ordinal) ? property["Settings.".Length..] : property;
        return flat.Contains('-', StringComparison.Ordinal)
            ? flat
            : string.Join('.', flat.Split('.').Select(p => char.ToLowerInvariant(p[0]) + p[1..]));
    }
}
