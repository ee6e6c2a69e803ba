using CleanSync.Domain.StaffCalendarLinks.Accounts;

namespace CleanSync.Domain.Appointments;

/// <summary>
/// Whether a text that somebody typed tells who the client is. In doubt it does: a title that is lost costs less than a name that stays.
/// </summary>
internal static class ClientTraces
{
    private const int FewestLetters = 2;

    /// <summary>A word of so many is found inside a longer one too, as the genitive is.</summary>
    private const int LettersOfPart = 4;

    /// <summary>The last letter of the scripts that put something between words: Latin, Greek, Cyrillic.</summary>
    private const char LastOfSpaced = '\u052F';

    /// <summary>The end of a phone number that is written alike with and without town and country.</summary>
    private const int LastDigits = 7;

    /// <summary>A word of the name, also as a part of another, the e-mail address, or the phone number stands in it.</summary>
    public static bool AreIn(string text, Client client)
    {
        var words = Words(text).ToHashSet(StringComparer.Ordinal);
        return Words(client.Name).Any(name => IsIn(words, name))
            || (client.Email?.Trim() is { Length: > 0 } email && text.Contains(email, StringComparison.OrdinalIgnoreCase))
            || (ClientSearch.Digits(client.Phone) is { Length: >= LastDigits } digits
                && ClientSearch.Digits(text).Contains(digits[^LastDigits..], StringComparison.Ordinal));
    }

    private static bool IsIn(HashSet<string> words, string name) =>
        name.Length >= LettersOfPart || name.Any(c => c > LastOfSpaced)
            ? words.Any(word => word.Contains(name, StringComparison.Ordinal))
            : name.Length >= FewestLetters && words.Contains(name);

    /// <summary>Without case, accents and what stands between words.</summary>
    private static IEnumerable<string> Words(string text) =>
        NameKey.Words(string.Concat(text.Select(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || IsMark(c) ? c : ' ')));

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark;
}
