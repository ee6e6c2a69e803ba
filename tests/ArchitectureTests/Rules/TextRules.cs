using System.Text.RegularExpressions;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>What the source text of the product may hold.</summary>
internal static partial class TextRules
{
    private const int MaxLines = 260;
    private const int MaxFiles = 16;
    private const int MaxColumns = 140;
    private const string Rows =
        "src/Infrastructure/Persistence/Rows.cs",
        Job = "src/Infrastructure/Scheduling/Job.cs",
        Start = "src/Api/Program.cs",
        Pass = "src/Application/Syncing/Pass.cs";
    private static readonly string[] EmptyWords = ["Common", "Shared", "Helpers", "Interfaces", "Models", "Dtos"];

    private static readonly string[] OfOneDatabase =
        ["src/Infrastructure/Persistence/Sqlite/", "src/Infrastructure/Persistence/Postgres/"];

    public static IEnumerable<Rule> All =>
    [
        new("SQL is written in Infrastructure.Persistence only",
            house =>
                Sql(house).Where(s => !s.File.Path.StartsWith("src/Infrastructure/Persistence/", StringComparison.Ordinal)).Select(Where),
            () => House.Of(
                new HouseFile(Job, "// a comment may say: select one from many\nvar sql = \"select id from links\";"),
                new HouseFile(Start, "var reason = \"Select an older entry from the list.\";"),
                new HouseFile(Rows, "const string Sql = \"\"\"\n    delete from links\n    \"\"\";")),
            $"{Job}:2"),
        new("SQL is never interpolated",
            house => Sql(house).Where(s => s.Literal.Interpolated).Select(Where),
            () => House.Of(new HouseFile(Rows,
                "const string Sql = \"update links set a = 1\";\nvar bad = $\"\"\"\n    insert into {table} (id) values (1)\n    \"\"\";\nvar fine = $\"{n} links\";")),
            $"{Rows}:2"),
        new("SQL outside a database's own room is what every database understands",
            house => Sql(house)
                .Where(s => !OfOneDatabase.Any(room => s.File.Path.StartsWith(room, StringComparison.Ordinal)))
                .Where(s => OneDatabases().IsMatch(s.Literal.Text)).Select(Where),
            () => House.Of(
                new HouseFile(Rows, "const string Fine = \"select id from links where place is not null\";\nconst string Bad = \"select id from links where place is @place\";"),
                new HouseFile("src/Infrastructure/Persistence/Sqlite/Rows.cs", "const string Fine = \"insert or ignore into links (id) values (1)\";")),
            $"{Rows}:2"),
        new("What a code of Exchange means is decided in Infrastructure.Exchange only",
            house => ExchangeCodes(house).Select(c => $"{c.File.Path}:{c.Literal.Line} decides by {c.Literal.Text}"),
            () => House.Of(
                new HouseFile(Pass, "// ErrorItemNotFound\nvar code = \"ErrorInvalidId\";\nvar state = \"Error\";"),
                new HouseFile("src/Infrastructure/Exchange/Translation/RetryMatrix.cs", "var code = \"ErrorServerBusy\";")),
            $"{Pass}:2"),
        new("Domain knows no address of the API",
            house => house.Sources.Where(f => f.Path.StartsWith("src/Domain/", StringComparison.Ordinal))
                .SelectMany(f => CSharpText.Literals(f.Text).Where(l => l.Text.Contains("/api/", StringComparison.Ordinal))
                    .Select(l => $"{f.Path}:{l.Line} names one")),
            () => House.Of(
                new HouseFile("src/Domain/Links/Errors.cs", "// GET /api/v1/staff\nvar why = \"There is none. GET /api/v1/staff lists all.\";"),
                new HouseFile(Start, "var next = \"GET /api/v1/staff lists all.\";")),
            "src/Domain/Links/Errors.cs:2"),
        new("No folder has a name that says nothing",
            house => house.Sources.Where(f => f.Path.Split('/').SkipLast(1).Any(EmptyWords.Contains)).Select(f => f.Path),
            () => House.Of(
                new HouseFile("src/Application/Common/Paging.cs", ""), new HouseFile("src/Application/Syncing/CommonTimes.cs", "")),
            "src/Application/Common/Paging.cs"),
        new("The time comes from TimeProvider",
            house => house.Sources.SelectMany(f => Clock().Matches(f.Text).Select(m => $"{f.Path}:{LineOf(f, m.Index)} reads {m.Value}")),
            () => House.Of(new HouseFile(Start, "var now = time.GetUtcNow();\nvar late = DateTime.UtcNow;")),
            $"{Start}:2"),
        new($"A folder of src holds at most {MaxFiles} source files side by side",
            house =>
                house.Sources.GroupBy(f => f.Path[..f.Path.LastIndexOf('/')])
                    .Where(g => g.Count() > MaxFiles)
                    .Select(g => $"{g.Key} holds {g.Count()}"),
            () => House.Of([.. Enumerable.Range(0, MaxFiles + 1)
                .Select(n => new HouseFile($"src/Crowded/File{n}.cs", "")), new HouseFile("src/Roomy/File.cs", "")]),
            "src/Crowded"),
        new($"A line of C# ends at {MaxColumns} columns, unless it holds a text",
            house => house.Files.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(LongLines),
            () => House.Of(
                new HouseFile("src/Api/A.cs", $"var a =\n    {new string('b', MaxColumns)};"),
                new HouseFile("src/Api/B.cs", $"Say(\"{new string('b', MaxColumns)}\");")),
            "src/Api/A.cs:2"),
        new("Usings stand in the order of their names, those of System first",
            house => house.Files.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(Disorder),
            () => House.Of(
                new HouseFile("src/Api/A.cs", "using System.Text;\nusing Dapper.Rows;\nusing Dapper;\nusing static Dapper.A;"),
                new HouseFile("src/Api/B.cs", "using System;\nusing System.Text;\nusing CleanSync.Api;\nusing Dapper;")),
            "src/Api/A.cs:3"),
        new($"A source file has at most {MaxLines} lines",
            house => house.Sources.Where(f => f.LineCount > MaxLines).Select(f => $"{f.Path} has {f.LineCount} lines"),
            () => House.Of(new HouseFile(Start, Lines(MaxLines + 1)), new HouseFile(Job, Lines(MaxLines))),
            Start),
    ];

    private static IEnumerable<(HouseFile File, Literal Literal)> Sql(House house) =>
        house.Sources.SelectMany(f => CSharpText.Literals(f.Text).Where(l => Statement().IsMatch(l.Text)).Select(l => (f, l)));

    /// <summary>The Api shows some in examples.</summary>
    private static IEnumerable<(HouseFile File, Literal Literal)> ExchangeCodes(House house) =>
        from file in house.Sources
        where !file.Path.StartsWith("src/Infrastructure/Exchange/", StringComparison.Ordinal)
            && !file.Path.StartsWith("src/Api/", StringComparison.Ordinal)
        from literal in CSharpText.Literals(file.Text)
        where Code().IsMatch(literal.Text)
        select (file, literal);

    private static string Where((HouseFile File, Literal Literal) sql) => $"{sql.File.Path}:{sql.Literal.Line} has SQL";

    /// <summary>What stands between three quotes is a text as well.</summary>
    private static IEnumerable<string> LongLines(HouseFile file)
    {
        var isText = false;
        foreach (var (line, number) in file.Text.Split('\n').Select((line, i) => (line, i + 1)))
        {
            var wasText = isText;
            if (line.Split("\"\"\"").Length % 2 == 0) isText = !isText;
            if (line.Length > MaxColumns && !wasText && !isText && !line.Contains('"', StringComparison.Ordinal))
                yield return $"{file.Path}:{number} has {line.Length} columns";
        }
    }

    private static IEnumerable<string> Disorder(HouseFile file)
    {
        var names = Using().Matches(file.Text).Select(m => (Name: m.Groups[1].Value, m.Index)).ToList();
        return names.Zip(names.Skip(1)).Where(pair => IsBefore(pair.Second.Name, pair.First.Name))
            .Select(pair => $"{file.Path}:{LineOf(file, pair.Second.Index)} stands after {pair.First.Name}");
    }

    private static bool IsBefore(string one, string other) => IsOfSystem(one) == IsOfSystem(other)
        ? string.Compare(one, other, StringComparison.OrdinalIgnoreCase) < 0
        : IsOfSystem(one);

    private static bool IsOfSystem(string name) => name.Split('.')[0] == "System";

    private static int LineOf(HouseFile file, int index) => file.Text.AsSpan(0, index).Count('\n') + 1;

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("//\n", count));

    /// <summary>A statement at the start of a text or of one of its lines, in lower or upper case: prose begins with one capital.</summary>
    [GeneratedRegex(
        """(?:^|[\n;(])\s*(?:(?:select|SELECT)\s[\s\S]*?\b(?:from|FROM)\b|(?:insert|INSERT)\s+(?:or\s+\w+\s+|OR\s+\w+\s+)?(?:into|INTO)\b|(?:update|UPDATE)\s+\S+\s+(?:set|SET)\b|(?:delete|DELETE)\s+(?:from|FROM)\b)""")]
    private static partial Regex Statement();

    /// <summary>SQLite's own: JSON as a table, "is" between values, "insert or", row numbers and some functions.</summary>
    [GeneratedRegex("""\b(?:json_\w+|is (?:not )?@\w+|insert or|rowid|ifnull|glob|strftime|julianday|datetime|pragma)\b""")]
    private static partial Regex OneDatabases();

    [GeneratedRegex("""^using ([A-Z][\w.]*);$""", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex("^Error[A-Z][A-Za-z]*$")]
    private static partial Regex Code();

    [GeneratedRegex("""\bDateTime(?:Offset)?\.(?:Now|UtcNow|Today)\b""")]
    private static partial Regex Clock();
}
