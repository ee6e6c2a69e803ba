using System.Globalization;
using System.Text.RegularExpressions;

namespace CleanSync.EndToEndTests.Operator;

/// <summary>What /metrics said at one moment.</summary>
internal sealed partial class Scrape
{
    private Scrape(IReadOnlyList<(string Name, string Labels, double Value)> lines) => Lines = lines;

    public IReadOnlyList<(string Name, string Labels, double Value)> Lines { get; }

    public IEnumerable<string> Names => Lines.Select(l => l.Name).Distinct();

    public static Scrape Of(string text) => new([.. Line().Matches(text).Select(m => (
        m.Groups[1].Value, m.Groups[2].Value, double.Parse(m.Groups[3].Value, CultureInfo.InvariantCulture)))]);

    /// <summary>The sum over all labels that hold this text; null when there is no such line.</summary>
    public double? Sum(string name, string label = "")
    {
        var lines = Lines.Where(l => l.Name == name && l.Labels.Contains(label, StringComparison.Ordinal)).ToList();
        return lines.Count == 0 ? null : lines.Sum(l => l.Value);
    }

    [GeneratedRegex(@"^([a-z_]+)(?:\{([^}]*)\})? (\S+)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
