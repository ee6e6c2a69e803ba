using System.Globalization;
using System.Text;

namespace CleanSync.Domain.StaffCalendarLinks.Accounts;

/// <summary>
/// A name as it is sorted and searched for: without case and accents, so that "ö", "Ö" and "o" are one. Stored beside the name, because
/// each database engine folds in a way of its own.
/// </summary>
public static class NameKey
{
    private const int Longest = 400;

    /// <summary>Never empty for a name that is not, and at most 400 characters, so that a place in the list fits into an address.</summary>
    public static string Of(string name)
    {
        var folded = Fold(name);
        if (folded.Length == 0) return name;
        return folded.Length <= Longest ? folded : folded[..(char.IsHighSurrogate(folded[Longest - 1]) ? Longest - 1 : Longest)];
    }

    /// <summary>The words of a search; a name matches when it holds every one of them.</summary>
    public static IReadOnlyList<string> Words(string? search) =>
        [.. Fold(search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    private static string Fold(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune); // half a character cannot be normalised
        var folded = new StringBuilder(text.Length);
        foreach (var rune in whole.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
                or UnicodeCategory.Control) continue;
            if (Rune.IsWhiteSpace(rune)) folded.Append(' ');
            else folded.Append(Letter(Rune.ToUpperInvariant(rune)));
        }

        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Letters that Unicode does not take apart, and people type without their stroke.</summary>
    private static string Letter(Rune upper) => upper.Value switch
    {
        'ß' or 'ẞ' => "SS",
        'Æ' => "AE",
        'Œ' => "OE",
        'Ø' => "O",
        'Ł' => "L",
        'Đ' or 'Ð' => "D",
        'Þ' => "TH",
        'ı' => "I",
        'ς' => "Σ",
        _ => upper.ToString(),
    };
}
