namespace CleanSync.ArchitectureTests;

/// <summary>A string literal of a C# file, with its line.</summary>
internal sealed record Literal(string Text, bool Interpolated, int Line);

/// <summary>Finds the string literals of a C# text, and nothing in comments or characters.</summary>
internal static class CSharpText
{
    public static IEnumerable<Literal> Literals(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (At(text, i, "//")) i = End(text, i, "\n");
            else if (At(text, i, "/*")) i = End(text, i + 2, "*/");
            else if (text[i] == '\'') i = PastEscaped(text, i + 1, '\'');
            else if (text[i] is '"' or '$' or '@' && Opening(text, i) is { } opening)
            {
                var (bodyStart, interpolated, verbatim) = opening;
                var quotes = Run(text, bodyStart, '"');
                var (from, to) = quotes >= 3
                    ? Raw(text, bodyStart, quotes)
                    : (bodyStart + 1, verbatim ? PastDoubled(text, bodyStart + 1) : PastEscaped(text, bodyStart + 1, '"'));
                var close = quotes >= 3 ? quotes : 1;
                yield return new Literal(text[from..Math.Max(from, to - close)], interpolated, text.AsSpan(0, i).Count('\n') + 1);
                i = to;
            }
            else i++;
        }
    }

    /// <summary>Where the first quote of a literal that begins here stands, and how it is marked; null when none begins here.</summary>
    private static (int Quote, bool Interpolated, bool Verbatim)? Opening(string text, int i)
    {
        var quote = i;
        while (quote < text.Length && text[quote] is '$' or '@') quote++;
        if (quote >= text.Length || text[quote] != '"') return null;
        var marks = text.AsSpan(i, quote - i);
        return (quote, marks.Contains('$'), marks.Contains('@'));
    }

    private static (int From, int To) Raw(string text, int quote, int quotes)
    {
        var from = quote + quotes;
        return (from, End(text, from, new string('"', quotes)));
    }

    private static int PastEscaped(string text, int i, char close)
    {
        while (i < text.Length && text[i] != close && text[i] != '\n') i += text[i] == '\\' ? 2 : 1;
        return Math.Min(i + 1, text.Length);
    }

    private static int PastDoubled(string text, int i)
    {
        while (i < text.Length && (text[i] != '"' || At(text, i, "\"\""))) i += text[i] == '"' ? 2 : 1;
        return Math.Min(i + 1, text.Length);
    }

    private static int End(string text, int i, string mark) =>
        text.IndexOf(mark, i, StringComparison.Ordinal) is var at and >= 0 ? at + mark.Length : text.Length;

    private static int Run(string text, int i, char c) => text.AsSpan(i).IndexOfAnyExcept(c) is var n and >= 0 ? n : text.Length - i;

    private static bool At(string text, int i, string mark) => string.CompareOrdinal(text, i, mark, 0, mark.Length) == 0;
}
