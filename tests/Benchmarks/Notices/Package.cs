using System.Xml.Linq;

namespace CleanSync.Benchmarks.Notices;

/// <summary>What a restored package says of itself.</summary>
/// <param name="Licence">An SPDX name.</param>
/// <param name="Address">Where it comes from.</param>
/// <param name="IsForBuilding">Nothing of it is in the program.</param>
internal sealed record Package(
    string Id,
    string Version,
    string Licence,
    string Copyright,
    string Address,
    bool IsForBuilding)
{
    /// <summary>Packages from before licences had names, with what the address says.</summary>
    private static readonly Dictionary<string, string> OldAddresses = new()
    {
        ["https://github.com/jbogard/MediatR/blob/master/LICENSE"] = "Apache-2.0",
    };

    public static Package Restored(string id, string version)
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var (lowerId, lowerVersion) = (id.ToLowerInvariant(), version.ToLowerInvariant());
        var specification = XDocument.Load(Path.Combine(folder, lowerId, lowerVersion, $"{lowerId}.nuspec")).Root!;
        var metadata = specification.Elements().Single(e => e.Name.LocalName == "metadata").Elements().ToList();
        string? Of(string name) => metadata.FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();
        var licence = metadata.FirstOrDefault(e => e.Name.LocalName == "license" && e.Attribute("type")?.Value == "expression")?.Value
            ?? OldAddresses.GetValueOrDefault(Of("licenseUrl") ?? "")
            ?? throw new InvalidOperationException($"{id} {version} names no licence. Find out which it has, and teach {nameof(Package)}.");
        return new Package(
            id,
            version,
            licence,
            Of("copyright") ?? Of("authors")!,
            Of("projectUrl") ?? metadata.First(e => e.Name.LocalName == "repository").Attribute("url")!.Value,
            Of("developmentDependency") == "true");
    }
}
