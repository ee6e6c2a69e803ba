using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>What the build files must say.</summary>
internal static partial class BuildRules
{
    private const string Packages =
        "Directory.Packages.props",
        Properties = "Directory.Build.props",
        Banned = "BannedSymbols.txt",
        DomainProject = "src/Domain/CleanSync.Domain.csproj";
    private const string Notices = "THIRD-PARTY-NOTICES.md", ProgramLock = "src/Api/packages.lock.json";
    private const string Renew = "dotnet run --project tests/Benchmarks -c Release -- notices";
    private static readonly string[] Clocks = ["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow"];

    public static IEnumerable<Rule> All =>
    [
        new("Domain references no package and no project",
            house => References(house, DomainProject),
            () => House.Of(new HouseFile(DomainProject, """<Project><ItemGroup><PackageReference Include="MediatR" /></ItemGroup></Project>"""), new HouseFile("src/Api/CleanSync.Api.csproj", "<Project><PackageReference Include=\"MediatR\" /></Project>")),
            "MediatR"),
        new("Each layer references only the layers below it",
            house =>
                Layers.SelectMany(l => References(house, l.Key, "ProjectReference")
                    .Where(r => !l.Value.Any(allowed => r.Contains($"CleanSync.{allowed}.csproj", StringComparison.Ordinal)))),
            () => House.Of(new HouseFile("src/Application/CleanSync.Application.csproj", """
                <Project><ItemGroup>
                  <ProjectReference Include="../Domain/CleanSync.Domain.csproj" />
                  <ProjectReference Include="../Infrastructure/CleanSync.Infrastructure.csproj" />
                </ItemGroup></Project>
                """)),
            "CleanSync.Infrastructure.csproj"),
        new("Every package version has its reason in a comment", PackagesWithoutReason,
            () => House.Of(new HouseFile(Packages, """
                <Project><ItemGroup>
                  <!-- Rows become records. -->
                  <PackageVersion Include="Dapper" Version="1.0.0" />
                  <PackageVersion Include="Beside" Version="1.0.0" /> <!-- Needed by Dapper. -->
                  <PackageVersion Include="Mystery" Version="1.0.0" />
                </ItemGroup></Project>
                """)),
            "Mystery"),
        new($"{Notices} names every package of the program with its version and a licence, and no other", WrongNotices,
            () => House.Of(
                new HouseFile(ProgramLock, """
                    { "dependencies": { "net10.0": {
                      "Dapper": { "type": "Direct", "resolved": "2.1.86" },
                      "Quartz": { "type": "Transitive", "resolved": "4.7.3" },
                      "cleansync.domain": { "type": "Project" } } } }
                    """),
                new HouseFile(
                    Notices,
                    "| package | version | licence |\n|---|---|---|\n| Dapper | 2.1.86 | Apache-2.0 |\n| Quartz | 4.7.2 | Apache-2.0 |")),
            "Quartz 4.7.3"),
        new("The wall clock is banned by an analyzer that every project runs", ClockIsOpen,
            () => House.Of(
                new HouseFile(Banned, string.Join('\n', Clocks.Skip(1).Select(c => $"P:System.{c};"))),
                new HouseFile(Properties, """<Project><PackageReference Include="Microsoft.CodeAnalysis.BannedApiAnalyzers" /><AdditionalFiles Include="BannedSymbols.txt" /></Project>""")),
            "DateTime.Now"),
        new("No file switches the ban of the clock off",
            house =>
                house.Files.Where(
                    f => f.Path.EndsWith(".cs", StringComparison.Ordinal) || f.Path.EndsWith(".editorconfig", StringComparison.Ordinal))
                .Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) || !f.Path.Contains('/', StringComparison.Ordinal))
                .Where(f => f.Text.Contains(BanId, StringComparison.Ordinal)).Select(f => $"{f.Path} mentions {BanId}"),
            () => House.Of(
                new HouseFile("src/Api/Program.cs", $"#pragma warning disable {BanId}"),
                new HouseFile("src/Api/Problems.cs", "#pragma warning disable CA1000")),
            "src/Api/Program.cs"),
    ];

    private const string BanId = "RS0030";

    private static readonly Dictionary<string, string[]> Layers = new()
    {
        ["src/Domain/CleanSync.Domain.csproj"] = [],
        ["src/Application/CleanSync.Application.csproj"] = ["Domain"],
        ["src/Infrastructure/CleanSync.Infrastructure.csproj"] = ["Application", "Domain"],
        ["src/Api/CleanSync.Api.csproj"] = ["Infrastructure", "Application"],
    };

    private static IEnumerable<string> References(House house, string project, params string[] kinds) => house.Files
        .Where(f => f.Path == project)
        .SelectMany(f => XDocument.Parse(f.Text).Descendants())
        .Where(e => kinds.Length > 0 ? kinds.Contains(e.Name.LocalName) : e.Name.LocalName is "PackageReference" or "ProjectReference"
            or "FrameworkReference")
        .Select(e => $"{project} references {e.Attribute("Include")?.Value}");

    private static IEnumerable<string> PackagesWithoutReason(House house)
    {
        var lines = house.Files.Where(f => f.Path == Packages).SelectMany(f => f.Text.Split('\n')).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            if (Version().Match(lines[i]) is not { Success: true } version) continue;
            var hasReason = lines[i].Contains("<!--", StringComparison.Ordinal)
                || (i > 0 && lines[i - 1].TrimEnd().EndsWith("-->", StringComparison.Ordinal) && !Version().IsMatch(lines[i - 1]));
            if (!hasReason) yield return $"{Packages}:{i + 1} {version.Groups[1].Value} has no reason";
        }
    }

    private static IEnumerable<string> ClockIsOpen(House house)
    {
        var banned = house.Files.FirstOrDefault(f => f.Path == Banned)?.Text ?? "";
        var properties = house.Files.FirstOrDefault(f => f.Path == Properties)?.Text ?? "";
        foreach (var clock in Clocks.Where(c => !banned.Contains($"P:System.{c};", StringComparison.Ordinal)))
        {
            yield return $"{Banned} does not ban {clock}";
        }
        foreach (var part in new[] { "Microsoft.CodeAnalysis.BannedApiAnalyzers",
            Banned }.Where(p => !properties.Contains(p, StringComparison.Ordinal)))
            yield return $"{Properties} does not name {part}";
    }

    private static IEnumerable<string> WrongNotices(House house)
    {
        var locked = house.Files.Where(f => f.Path == ProgramLock)
            .SelectMany(f => JsonNode.Parse(f.Text)!["dependencies"]!.AsObject()).SelectMany(framework => framework.Value!.AsObject())
            .Where(p => p.Value!["resolved"] is not null).ToDictionary(p => p.Key, p => p.Value!["resolved"]!.GetValue<string>());
        var noticed = house.Files.Where(f => f.Path == Notices)
            .SelectMany(f => NoticeRow().Matches(f.Text)).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        foreach (var (package, version) in locked.Where(l => noticed.GetValueOrDefault(l.Key) != l.Value))
            yield return $"{Notices} does not name {package} {version}. Renew it: {Renew}";
        foreach (var package in noticed.Keys.Except(locked.Keys))
        {
            yield return $"{Notices} names {package}, which is not used. Renew it: {Renew}";
        }
    }

    /// <summary>A package, its version, and the SPDX name of its licence.</summary>
    [GeneratedRegex("""^\| (\S+) \| (\d\S+) \| [A-Z]\S+ \|""", RegexOptions.Multiline)]
    private static partial Regex NoticeRow();

    [GeneratedRegex("""<PackageVersion\s+Include="([^"]+)" """)]
    private static partial Regex Version();
}
