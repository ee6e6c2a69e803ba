using System.Text.RegularExpressions;

namespace CleanSync.Api.Support;

/// <summary>
/// Takes out of a text what names somebody: every name that the database knows, and whatever looks like an address of mail, of a server or
/// of a machine, or like a key. What is left are words of the program, ids and codes. The same name is the same number throughout.
/// </summary>
internal sealed partial class Redaction
{
    /// <summary>As many as one pattern of the platform stands well.</summary>
    private const int InOnePattern = 2000;

    private readonly Dictionary<string, string> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Regex> names = [];

    public Redaction(IEnumerable<string> words)
    {
        foreach (var word in words.SelectMany(Parts).Where(w => w.Trim().Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(w => w.Length))
            known[word] = $"<name {known.Count + 1}>";
        foreach (var some in known.Keys.Chunk(InOnePattern))
        {
            names.Add(new Regex(
                $@"(?<![\p{{L}}\p{{N}}])(?:{string.Join('|', some.Select(Regex.Escape))})(?![\p{{L}}\p{{N}}])",
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
        }
    }

    public string Of(string text)
    {
        text = Key().Replace(text, "<key>");
        text = Web().Replace(text, "<web address>");
        text = Mail().Replace(text, "<mail address>");
        text = Account().Replace(text, "<account>");
        foreach (var some in names) text = some.Replace(text, found => known[found.Value]);
        return Machine().Replace(text, "<ip address>");
    }

    /// <summary>Of an account and an address its parts too: a log may hold only one of them.</summary>
    private static IEnumerable<string> Parts(string word)
    {
        yield return word;
        if (Uri.TryCreate(word, UriKind.Absolute, out var address) && address.Host.Length > 0) yield return address.Host;
        if (word.Split('@', '\\') is { Length: 2 } parts)
        {
            foreach (var part in parts) yield return part;
        }
    }

    [GeneratedRegex(@"cleansync_[A-Za-z0-9]{6,}_\S*|\b[A-Za-z0-9+/]{40,}={0,2}")]
    private static partial Regex Key();

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://[^\s""'<>]+", RegexOptions.IgnoreCase)]
    private static partial Regex Web();

    [GeneratedRegex(@"[^\s<>""'(),;:]+@[^\s<>""'(),;:]+")]
    private static partial Regex Mail();

    /// <summary>With its domain before it. What is below a folder of Windows looks alike, and may be somebody's too.</summary>
    [GeneratedRegex(@"(?<![\w\\])[\w.-]+\\[\w.$-]+")]
    private static partial Regex Account();

    [GeneratedRegex(@"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:.])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:.])", RegexOptions.IgnoreCase)]
    private static partial Regex Machine();
}
