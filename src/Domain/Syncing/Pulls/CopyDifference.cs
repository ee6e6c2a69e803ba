using System.Text;
using CleanSync.Domain.SyncedEvents.Copies;
using CleanSync.Domain.Syncing.Pushes;

namespace CleanSync.Domain.Syncing.Pulls;

/// <summary>
/// What an item says otherwise than its appointment. What Exchange and the wire do to every text is no difference: characters that XML
/// cannot carry are left out, white space is trimmed or replaced, and views cut at 255 characters.
/// </summary>
public static class CopyDifference
{
    private const int MaxText = 255;

    public static CopyDifferences Of(CopyContent wanted, RemoteEvent seen) =>
        (Same(wanted.Title, seen.Title) ? CopyDifferences.None : CopyDifferences.Title)
        | (Same(wanted.Location, seen.Location) ? CopyDifferences.None : CopyDifferences.Location);

    /// <summary>What is left of the differences once these fields were written.</summary>
    public static CopyDifferences Without(this CopyDifferences differences, PushStep.Update written) =>
        differences & ~((written.Title ? CopyDifferences.Title : CopyDifferences.None) | (written.Location ? CopyDifferences.Location
            : CopyDifferences.None));

    private static bool Same(string wanted, string seen) => Normal(wanted) == Normal(seen);

    private static string Normal(string text)
    {
        var legal = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) legal.Append(' ');
            // a lone surrogate reads as FFFD
            else if (!Rune.IsControl(rune) && rune.Value is not (0xFFFD or 0xFFFE or 0xFFFF)) legal.Append(rune.ToString());
        }

        if (legal.Length > MaxText) legal.Length = char.IsHighSurrogate(legal[MaxText - 1]) ? MaxText - 1 : MaxText;
        return string.Join(' ', legal.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
