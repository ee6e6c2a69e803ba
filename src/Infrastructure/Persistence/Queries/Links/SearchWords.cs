using System.Text;

namespace CleanSync.Infrastructure.Persistence.Queries.Links;

/// <summary>The words that a name must hold, as a table: no database makes one of a list in the same way as another.</summary>
/// <param name="Width">Characters of the longest word.</param>
/// <param name="Text">All of them, each filled up to that width.</param>
internal sealed record SearchWords(int Count, int Width, string Text)
{
    /// <summary>Begins a statement, which then has the table <c>words</c>; of no words it holds an empty one.</summary>
    public const string Select = """
        with recursive words (place, word) as (
            select 0, rtrim(substr(@Text, 1, @Width))
            union all
            select place + 1, rtrim(substr(@Text, (place + 1) * @Width + 1, @Width)) from words where place + 1 < @Count)
        """;

    /// <param name="words">Without spaces.</param>
    public static SearchWords Of(IReadOnlyList<string> words)
    {
        var width = words.Select(Length).DefaultIfEmpty(0).Max();
        var text = new StringBuilder();
        foreach (var word in words) text.Append(word).Append(' ', width - Length(word));
        return new SearchWords(words.Count, width, text.ToString());
    }

    /// <summary>As databases count it: a pair of surrogates is one character.</summary>
    private static int Length(string word) => word.EnumerateRunes().Count();
}
