using System.Text.RegularExpressions;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>What the documents promise to find is there.</summary>
internal static partial class DocumentRules
{
    private const string PlainWords = "tests/ArchitectureTests/Words/plain.txt";

    public static IEnumerable<Rule> All =>
    [
        new("Every link between documents leads somewhere", DeadLinks,
            () => House.Of(
                new HouseFile("README.md", "[rules](docs/rules.md#the-rules), [gone](docs/gone.md), [web](https://example.org/)"),
                new HouseFile("docs/rules.md", "# The rules\n[up](../README.md)")),
            "docs/gone.md"),
        new("Every section that a comment names exists",
            house =>
                house.Files.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal)
                    && !f.Path.StartsWith("tests/ArchitectureTests/", StringComparison.Ordinal))
                .SelectMany(f => Section().Matches(f.Text).Select(m => (f.Path, Document: m.Groups[1].Value, Title: m.Groups[2].Value)))
                .Where(s => !Anchors(house, s.Document).Contains(Anchor(s.Title)))
                .Select(s => $"{s.Path} names {s.Document}, \"{s.Title}\""),
            () => House.Of(
                new HouseFile("docs/exchange.md", "## All-day events"),
                new HouseFile("src/Api/A.cs", "// docs/exchange.md, \"All-day events\""),
                new HouseFile("src/Api/B.cs", "// docs/exchange.md, \"Half-day events\"")),
            "src/Api/B.cs"),
        new("docs/architecture.md names every folder of src that holds source files",
            house => house.Sources.Select(f => f.Path[4..f.Path.LastIndexOf('/')]).Distinct()
                .Where(folder => !house.Files.Any(f => f.Path == "docs/architecture.md"
                    && f.Text.Contains($"`{folder}`", StringComparison.Ordinal))),
            () => House.Of(
                new HouseFile("docs/architecture.md", "| `Api/Kitchen` | pots |"),
                new HouseFile("src/Api/Kitchen/Pot.cs", ""),
                new HouseFile("src/Api/Cellar/Barrel.cs", "")),
            "Api/Cellar"),
        new("Every word in a type name of Domain and Application is in docs/glossary.md or among the plain words", UnknownWords,
            () => House.Of(typeof(Domain.Violations.Frobnicator), typeof(Domain.Violations.Calendar)) with
            {
                Files = [new HouseFile("docs/glossary.md", "| **calendar** | what a mailbox holds |")],
            },
            nameof(Domain.Violations.Frobnicator)),
        new("Every decision record ends with \"When this would be wrong\"",
            house => house.Files.Where(f => f.Path.StartsWith("docs/adr/", StringComparison.Ordinal))
                .Where(f => Heading().Matches(f.Text).LastOrDefault()?.Groups[1].Value.Trim() != "When this would be wrong")
                .Select(f => f.Path),
            () => House.Of(
                new HouseFile("docs/adr/0001-a.md", "# A\n## When this would be wrong\nNever."),
                new HouseFile("docs/adr/0002-b.md", "# B\n## Decision\nYes.")),
            "docs/adr/0002-b.md"),
    ];

    /// <summary>Of an s at the end the glossary knows the singular.</summary>
    private static IEnumerable<string> UnknownWords(House house)
    {
        var known = house.Files.Where(f => f.Path is "docs/glossary.md")
            .SelectMany(f => Term().Matches(f.Text))
            .SelectMany(m => m.Groups[1].Value.Split([' ', '-']))
            .Concat(house.Files.Where(f => f.Path is PlainWords).SelectMany(f => f.Text.Split('\n')))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return from type in house.Types
               where (type.IsIn("CleanSync.Domain") || type.IsIn("CleanSync.Application"))
                   && !type.Type.Name.Contains('<', StringComparison.Ordinal)
               from word in Word().Matches(type.Type.Name.Split('`')[0]).Select(m => m.Value)
               where !known.Contains(word) && !known.Contains(word.TrimEnd('s'))
               select $"{type.Name} has the word {word}";
    }

    private static IEnumerable<string> DeadLinks(House house)
    {
        var paths = house.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var file in house.Files.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal)))
        {
            foreach (
                var link in Link().Matches(file.Text).Select(m => m.Groups[1].Value).Where(l => !l.Contains(':', StringComparison.Ordinal)))
            {
                var (path, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, "");
                var target = path.Length == 0 ? file.Path : Resolve(file.Path, path);
                var exists = paths.Contains(target) || paths.Any(p => p.StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal));
                if (!exists || (anchor.Length > 0 && !Anchors(house, target).Contains(anchor))) yield return $"{file.Path} links to {link}";
            }
        }
    }

    private static string Resolve(string from, string relative)
    {
        var parts = from.Split('/').SkipLast(1).ToList();
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..") parts.RemoveAt(parts.Count - 1);
            else if (part != ".") parts.Add(part);
        }

        return string.Join('/', parts);
    }

    private static HashSet<string> Anchors(House house, string path) =>
        [.. house.Files.Where(f => f.Path == path).SelectMany(f => Heading().Matches(f.Text)).Select(m => Anchor(m.Groups[1].Value))];

    /// <summary>
    /// As hosting sites make it: lower case, spaces to hyphens, everything else but letters, digits, hyphens and underscores gone.
    /// </summary>
    private static string Anchor(string title) =>
        string.Concat(title.Trim().ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    [GeneratedRegex("""\[[^\]\n]*\]\(([^)\s]+)\)""")]
    private static partial Regex Link();

    [GeneratedRegex("""^#{1,4} +(.+)$""", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("""^\| \*\*([^*]+)\*\*""", RegexOptions.Multiline)]
    private static partial Regex Term();

    [GeneratedRegex("[A-Z][a-z0-9]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();

    [GeneratedRegex("""(docs/[\w/-]+\.md), "([^"\n]+)["]""")]
    private static partial Regex Section();
}
