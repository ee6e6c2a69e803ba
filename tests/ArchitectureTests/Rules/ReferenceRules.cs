using System.Text.RegularExpressions;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>What the documents name by name exists: files and folders, tests, codes; and the settings that the code reads.</summary>
internal static partial class ReferenceRules
{
    private const string RulesPage = "docs/rules.md", SimulatorPage = "docs/simulator.md", OperationsPage = "docs/operations.md",
        ProofsPage = "docs/proofs.md";
    private static readonly string[] OfFramework = ["Logging", "Kestrel"];

    public static IEnumerable<Rule> All =>
    [
        new("Every file and folder that a document names exists",
            house =>
                Named(
                    house, f => f.Path.EndsWith(".md", StringComparison.Ordinal) && !f.Path.StartsWith("tests/", StringComparison.Ordinal))
                .Where(n => IsPath(n.Name) && !house.Files.Any(f => Ends(f.Path, n.Name))).Select(n => $"{n.Document.Path} names {n.Name}"),
            () => House.Of(
                new HouseFile(
                    "README.md",
                    "`src/Domain` holds `Result.cs` and `Domain/Gone.cs`; `text/xml` and `*.md` are no paths\n```\nsrc/Nowhere.cs\n```"),
                new HouseFile("src/Domain/Result.cs", "")),
            "Domain/Gone.cs"),
        new($"Every test that {RulesPage} or {SimulatorPage} names exists",
            house =>
                Named(house, f => f.Path is RulesPage or SimulatorPage).Where(n => Sentence().IsMatch(n.Name) && !IsTest(house, n.Name))
                    .Select(n => $"{n.Document.Path} names {n.Name}"),
            () => House.Of(
                new HouseFile(RulesPage, "| 1 | a | `A_test_that_is_there` |\n| 2 | b | `A_test_that_is_gone` |"),
                new HouseFile("tests/UnitTests/SomeTests.cs", "public void A_test_that_is_there() => A_test_that_is_gone();")),
            "A_test_that_is_gone"),
        new($"Every long test stands in {ProofsPage}",
            house => house.Files.Where(f => f.Path.StartsWith("tests/EndToEndTests/", StringComparison.Ordinal))
                .SelectMany(f => LongTest().Matches(f.Text).Select(m => (f.Path, Name: m.Groups[1].Value)))
                .Where(t => !house.Files.Any(f => f.Path == ProofsPage && f.Text.Contains($"`{t.Name}`", StringComparison.Ordinal)))
                .Select(t => $"{t.Path} has {t.Name}"),
            () => House.Of(
                new HouseFile(ProofsPage, "`Told_to_be_long`"),
                new HouseFile("tests/EndToEndTests/Some.cs",
                    "[Fact, Long]\npublic void Told_to_be_long() => x();\n[Theory, Long]\n[InlineData(1)]\npublic async Task Long_in_secret(int n)")),
            "Long_in_secret"),
        new($"Every rule in {RulesPage} names a test, or says that it has none or is not built yet",
            house => house.Files.Where(f => f.Path == RulesPage).SelectMany(f => Row().Matches(f.Text))
                .Where(r => !Answer().IsMatch(r.Groups[2].Value)).Select(r => $"{r.Groups[1].Value} says nothing of its test"),
            () => House.Of(new HouseFile(RulesPage,
                "| # | rule | test |\n|---|---|---|\n| R1 | a | `A_test_of_it` |\n| R2 | b | not built yet |\n| R3 | c | |\n| R4 | d | no test yet |")),
            "R3"),
        new($"Every code that {OperationsPage} names is one that the product gives",
            house =>
                Named(house, f => f.Path == OperationsPage).Where(n => Code().IsMatch(n.Name) && !IsGiven(house, n.Name))
                    .Select(n => $"{OperationsPage} names {n.Name}"),
            () => House.Of(
                new HouseFile(OperationsPage, "`link-is-disabled`, `copy-was-lost`, `link-is-lost`"),
                new HouseFile("src/Domain/Errors.cs", "public sealed record LinkIsDisabled(string StaffId)"),
                new HouseFile("src/Domain/Warning.cs", "Warning(\"copy-was-lost\")")),
            "link-is-lost"),
        new("Every section of the configuration that is read is one whose settings the command line knows",
            house => house.Sources.SelectMany(f => SectionRead().Matches(f.Text).Select(m => (f.Path, Name: m.Groups["section"].Value)))
                .Where(s => !OfFramework.Contains(s.Name)
                    && !house.Sources.Any(f => f.Text.Contains($"new(\"{s.Name}\", new ", StringComparison.Ordinal)))
                .Select(s => $"{s.Path} reads {s.Name}, which InfrastructureRegistration.Sections and KnownSettings.Sections do not name"),
            () => House.Of(
                new HouseFile("src/Infrastructure/Sections.cs", "[new(\"Sync\", new SyncOptions())]"),
                new HouseFile(
                    "src/Infrastructure/Sync.cs",
                    "Settings.Read(\"Sync\", given, new SyncOptions()); configuration[\"Logging:LogLevel:Default\"];"),
                new HouseFile("src/Api/Haste.cs", "configuration.GetSection(\"Haste\")")),
            "src/Api/Haste.cs"),
    ];

    private static IEnumerable<(HouseFile Document, string Name)> Named(House house, Func<HouseFile, bool> which) =>
        house.Files.Where(which)
        .SelectMany(f => Quoted().Matches(Fenced().Replace(f.Text, "")).Select(m => (f, m.Groups[1].Value)));

    /// <summary>A file by its ending, or something below one of the roots.</summary>
    private static bool IsPath(string name) => FileName().IsMatch(name) || Rooted().IsMatch(name);

    /// <summary>A document may leave out the beginning of a path; of a folder it may name any part.</summary>
    private static bool Ends(string path, string name) =>
        $"/{path}".EndsWith($"/{name}", StringComparison.Ordinal)
            || $"/{path}".Contains($"/{name.TrimEnd('/')}/", StringComparison.Ordinal);

    private static bool IsTest(House house, string name) => house.Files
        .Any(f => f.Path.StartsWith("tests/", StringComparison.Ordinal) && f.Path.EndsWith(".cs", StringComparison.Ordinal)
            && Regex.IsMatch(f.Text, $@"\b(?:void|Task) {name}\("));

    private static bool IsGiven(House house, string code)
    {
        var record = string.Concat(code.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return house.Sources.Any(f => f.Text.Contains($"\"{code}\"", StringComparison.Ordinal)
            || f.Text.Contains($"record {record}(", StringComparison.Ordinal));
    }

    [GeneratedRegex("""^```[\s\S]*?^```""", RegexOptions.Multiline)]
    private static partial Regex Fenced();

    [GeneratedRegex("""`([^`\n]+)`""")]
    private static partial Regex Quoted();

    [GeneratedRegex("""^\w[\w.-]*(?:/[\w.-]+)*\.(?:cs|csproj|sln|props|sql|md|json|sh|txt|http)$""")]
    private static partial Regex FileName();

    [GeneratedRegex("""^(?:src|tests|docs|requests|Domain|Application|Infrastructure|Api)/[\w./-]+$""")]
    private static partial Regex Rooted();

    /// <summary>Tests are sentences: at least three words.</summary>
    [GeneratedRegex("""^[A-Z]\w*(?:_\w+){2,}$""")]
    private static partial Regex Sentence();

    /// <summary>A row of a table that begins with the number of a rule; its last cell.</summary>
    [GeneratedRegex("""^\| ([A-Z]\d+) \|.*\|([^|\n]*)\|$""", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""`[A-Z]\w*(?:_\w+){2,}`|no test yet|not built yet""")]
    private static partial Regex Answer();

    [GeneratedRegex("""(?:\bRead\("(?<section>[A-Z]\w+)",|GetSection\("(?<section>[A-Z]\w+)"\)|(?:[cC]onfiguration\[|GetValue(?:<\w+>)?\()\$?"(?<section>[A-Z]\w+):)""")]
    private static partial Regex SectionRead();

    [GeneratedRegex("""\[(?:Fact|Theory), Long\][^{;]*?\b(?:void|Task) (\w+)\(""")]
    private static partial Regex LongTest();

    [GeneratedRegex("""^[a-z]+(?:-[a-z]+)+$""")]
    private static partial Regex Code();
}
