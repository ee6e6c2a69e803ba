using System.Collections.Immutable;
using System.Text;

namespace CleanSync.ExchangeSimulator.Protocol.Content.ICalendar;

/// <summary>One line of an iCalendar text (RFC 5545, 3.1): its name, its parameters, and its value as it was escaped.</summary>
internal sealed record ContentLine(string Name, ImmutableDictionary<string, string> Parameters, string Value)
{
    private const int Longest = 75;

    /// <summary>The value of a text property, without its escapes.</summary>
    public string Text => Unescaped(Value);

    /// <summary>The unfolded lines of a text; what has no colon is passed over.</summary>
    public static IEnumerable<ContentLine> Read(string calendar) =>
        calendar.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal)
            .Replace("\n\t", "", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<ContentLine>();

    /// <summary>A text, escaped.</summary>
    public static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");

    /// <summary>Lines joined into a text, none longer than the octets that a line may have.</summary>
    public static string Fold(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > Longest)
                {
                    text.Append("\r\n ");
                    octets = 1;
                }
                text.Append(rune);
                octets += rune.Utf8SequenceLength;
            }
            text.Append("\r\n");
        }
        return text.ToString();
    }

    private static ContentLine? Parse(string line)
    {
        var parts = new List<string>();
        var (begin, isQuoted) = (0, false);
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '"') isQuoted = !isQuoted;
            if (isQuoted || line[at] is not (';' or ':')) continue;
            parts.Add(line[begin..at]);
            begin = at + 1;
            if (line[at] == ':') return Of(parts, line[begin..]);
        }
        return null;
    }

    private static ContentLine Of(List<string> parts, string value)
    {
        var parameters = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parts.Skip(1).Select(p => p.Split('=', 2)).Where(p => p.Length == 2))
            parameters[parameter[0]] = parameter[1].Trim('"');
        return new ContentLine(parts[0].ToUpperInvariant(), parameters.ToImmutable(), value);
    }

    private static string Unescaped(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] != '\\' || at + 1 == value.Length) text.Append(value[at]);
            else text.Append(value[++at] is 'n' or 'N' ? '\n' : value[at]);
        }
        return text.ToString();
    }
}
