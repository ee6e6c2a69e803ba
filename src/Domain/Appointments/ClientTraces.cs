using CleanSync.Domain.StaffCalendarLinks;

namespace CleanSync.Domain.Appointments;

/// <summary>
/// Whether a text that somebody typed tells who the client is. In doubt it does: a title that is lost costs less than a name that stays.
/// </summary>
internal static class ClientTraces
{
    private const int FewestLetters = 2;

    /// <summary>The end of a phone number that is written alike with and without town and country.</summary>
    private const int LastDigits = 7;

    /// <summary>A word of the name, the e-mail address, or the phone number stands in it.</summary>
    public static bool AreIn(string text, Client client)
    {
        var words = Words(text).ToHashSet(StringComparer.Ordinal);
        return Words(client.Name).Any(word => word.Length >= FewestLetters && words.Contains(word))
            || (client.Email?.Trim() is { Length: > 0 } email && text.Contains(email, StringComparison.OrdinalIgnoreCase))
            || (ClientSearch.Digits(client.Phone) is { Length: >= LastDigits } digits
                && ClientSearch.Digits(text).Contains(digits[^LastDigits..], StringComparison.Ordinal));
    }

    /// <summary>Without case, accents and what stands between words.</summary>
    private static IEnumerable<string> Words(string text) =>
        NameKey.Words(string.Concat(text.Select(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c) ? c : ' ')));

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;
}
