using System.Text;
using System.Text.Json.Nodes;
using CleanSync.Benchmarks.Mutations;

namespace CleanSync.Benchmarks.Notices;

/// <summary>Writes THIRD-PARTY-NOTICES.md from the lock file of the program and from what the restored packages say of themselves.</summary>
internal static class NoticesFile
{
    private const string Name = "THIRD-PARTY-NOTICES.md", Lock = "src/Api/packages.lock.json", Texts = "tests/Benchmarks/Notices";

    /// <summary>What some packages carry inside and say nothing of.</summary>
    private static readonly string[] Inside =
    [
        "SQLitePCLRaw.lib.e_sqlite3 carries SQLite (https://sqlite.org/), which is in the public domain.",
        "Swashbuckle.AspNetCore.SwaggerUI carries Swagger UI (https://github.com/swagger-api/swagger-ui), Copyright SmartBear Software Inc., Apache-2.0.",
        "Microsoft.Bcl.Cryptography carries parts that .NET has from others: https://github.com/dotnet/runtime/blob/main/THIRD-PARTY-NOTICES.TXT lists them.",
    ];

    public static async Task<int> Run(string[] args)
    {
        if (args.Length > 1)
        {
            await Console.Error.WriteLineAsync("usage: notices");
            return 2;
        }

        var root = MutationCheck.Root();
        var packages = Locked(await File.ReadAllTextAsync(Path.Combine(root, Lock))).Select(p => Package.Restored(p.Id, p.Version)).ToList();
        await File.WriteAllTextAsync(Path.Combine(root, Name), await Text(packages, root));
        Console.WriteLine($"{Name} names {packages.Count} packages.");
        return 0;
    }

    private static IEnumerable<(string Id, string Version)> Locked(string json) => JsonNode.Parse(json)!["dependencies"]!.AsObject()
        .SelectMany(framework => framework.Value!.AsObject())
        .Where(package => package.Value!["type"]!.GetValue<string>() != "Project")
        .Select(package => (package.Key, package.Value!["resolved"]!.GetValue<string>()))
        .Distinct().OrderBy(p => p.Key, StringComparer.OrdinalIgnoreCase);

    private static async Task<string> Text(List<Package> packages, string root)
    {
        var page = new StringBuilder($"""
            # Third-party notices

            CleanSync is built on the work of others. This file is made by "dotnet run --project tests/Benchmarks -c Release -- notices" from {Lock}; do not edit it.

            ## Shipped with the program


            """);
        Table(packages.Where(p => !p.IsForBuilding));
        page.AppendLine();
        foreach (var inside in Inside.Where(i => packages.Any(p => i.StartsWith($"{p.Id} ", StringComparison.Ordinal)))) page.Append("- ").AppendLine(inside);
        page.AppendLine().AppendLine("## Used to build it, and not shipped").AppendLine();
        Table(packages.Where(p => p.IsForBuilding));
        foreach (var licence in packages.Select(p => p.Licence).Distinct().Order(StringComparer.Ordinal))
            page.AppendLine().AppendLine($"## {licence}").AppendLine().AppendLine("```").AppendLine((await File.ReadAllTextAsync(Path.Combine(root, Texts, $"{licence}.txt"))).Trim('\n')).AppendLine("```");
        return page.ToString().ReplaceLineEndings("\n");

        void Table(IEnumerable<Package> some)
        {
            page.AppendLine("| package | version | licence | copyright | from |").AppendLine("|---|---|---|---|---|");
            foreach (var p in some) page.AppendLine($"| {p.Id} | {p.Version} | {p.Licence} | {p.Copyright} | {p.Address} |");
        }
    }
}
