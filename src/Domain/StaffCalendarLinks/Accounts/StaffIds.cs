using System.Globalization;
using System.Text;

namespace CleanSync.Domain.StaffCalendarLinks.Accounts;

/// <summary>
/// The one rule for the booking product's id of a staff member, wherever it is sent: it stands in addresses, and nothing in it is unseen.
/// </summary>
public static class StaffIds
{
    private static readonly HashSet<UnicodeCategory> Unseen =
    [
        UnicodeCategory.Control,
        UnicodeCategory.Format,
        UnicodeCategory.Surrogate,
        UnicodeCategory.PrivateUse,
        UnicodeCategory.OtherNotAssigned,
        UnicodeCategory.SpaceSeparator, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator,
    ];

    public const int Longest = 64;

    /// <summary>So many can take one appointment.</summary>
    public const int MostOfOneAppointment = 50;

    public const string Expected =
        "Expected the booking product's id of the staff member: 1 to 64 visible characters, no slash, no space at either end, "
        + "and not '.' or '..'.";

    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= Longest } and not ("." or "..") && id[0] != ' ' && id[^1] != ' ' && id.EnumerateRunes().All(IsVisible);

    /// <summary>
    /// A space within counts as visible. An unpaired surrogate is enumerated as the replacement character, which nobody means.
    /// </summary>
    private static bool IsVisible(Rune rune) =>
        rune != Rune.ReplacementChar && rune.Value is not '/' && (rune.Value is ' ' || !Unseen.Contains(Rune.GetUnicodeCategory(rune)));
}
