using System.Globalization;
using System.Text;

namespace CleanSync.Domain.StaffCalendarLinks;

/// <summary>The one rule for the booking product's id of a staff member, wherever it is sent: it stands in addresses, and two that look alike are the same.</summary>
public static class StaffIds
{
    public const int Longest = 64;

    /// <summary>So many can take one appointment.</summary>
    public const int MostOfOneAppointment = 50;

    public const string Expected =
        "Expected the booking product's id of the staff member: 1 to 64 visible characters, no slash, no space at either end, and not '.' or '..'.";

    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= Longest } and not ("." or "..") && id[0] != ' ' && id[^1] != ' ' && id.EnumerateRunes().All(IsVisible);

    /// <summary>A space within counts as visible. An unpaired surrogate is enumerated as the replacement character, which nobody means.</summary>
    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && rune.Value is not '/' && (rune.Value is ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
}
