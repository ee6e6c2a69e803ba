using System.Text;

namespace CleanSync.Infrastructure.Exchange.Diagnosis;

/// <summary>
/// Puts values into commands for PowerShell. They come from forms and from servers, and somebody pastes the result into a shell with every
/// right.
/// </summary>
internal static class PowerShellText
{
    /// <summary>
    /// A text in single quotes, where nothing is expanded. PowerShell ends such a text at typographic quotes as well, so each of them is
    /// doubled. Control characters, a line's end among them, and characters that reverse the writing direction are left out: no name needs
    /// them.
    /// </summary>
    public static string Quote(string value)
    {
        var quoted = new StringBuilder("'");
        foreach (var letter in value)
        {
            if (char.IsControl(letter)
                || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.Format
                    or System.Globalization.UnicodeCategory.LineSeparator
                        or System.Globalization.UnicodeCategory.ParagraphSeparator) continue;
            quoted.Append(letter);
            if (letter is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B') quoted.Append(letter);
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>Texts as the elements of a list.</summary>
    public static string List(IEnumerable<string> values) => string.Join(", ", values.Select(Quote));
}
