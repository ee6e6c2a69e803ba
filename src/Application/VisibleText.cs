namespace CleanSync.Application;

/// <summary>
/// Which characters a name or a title may hold, and how a text is shown that came by others. Hidden ones would write over a terminal's
/// lines, forge lines of a log, or make a name read as another: control characters, line and paragraph separators, embeddings, overrides
/// and isolates of the text's direction, and halves of surrogate pairs. Marks of direction, which names in Arabic and Hebrew need, and
/// joiners are allowed.
/// </summary>
public static class VisibleText
{
    /// <summary>Nothing hidden in it. A text that is not there hides nothing.</summary>
    public static bool IsOneLine(string? text) => text is null || !HasHidden(text);

    /// <summary>The same, but for tabs and line breaks.</summary>
    public static bool IsLines(string? text) => text is null || !HasHidden(text, '\t', '\n', '\r');

    /// <summary>The text without what is hidden in it, for a terminal.</summary>
    public static string Cut(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsOneLine(text) ? text : string.Concat(text.Where((_, i) => !IsHidden(text, i)));
    }

    /// <summary>The same, but for tabs and line breaks; a return without a line feed would begin the line anew.</summary>
    public static string CutLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool Stays(char c, int i) => c is '\t' or '\n' || (c is '\r' && i + 1 < text.Length && text[i + 1] is '\n') || !IsHidden(text, i);
        return text.Where((c, i) => !Stays(c, i)).Any() ? string.Concat(text.Where(Stays)) : text;
    }

    /// <summary>The text on one line, for a log: a blank for each character that is hidden in it, line breaks too.</summary>
    public static string OnOneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsOneLine(text) ? text : string.Concat(text.Select((c, i) => IsHidden(text, i) ? ' ' : c));
    }

    private static bool HasHidden(string text, params ReadOnlySpan<char> allowed)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHidden(text, i) && !allowed.Contains(text[i])) return true;
        }

        return false;
    }

    private static bool IsHidden(string text, int at) => text[at] switch
    {
        var c when char.IsControl(c) => true,
        '\u2028' or '\u2029' => true,
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => true,
        var c when char.IsHighSurrogate(c) => at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]),
        var c when char.IsLowSurrogate(c) => at == 0 || !char.IsHighSurrogate(text[at - 1]),
        _ => false,
    };
}
