using System.Reflection;
using System.Runtime.CompilerServices;
using ArchUnitNET.Loader;
using CleanSync.Application;
using CleanSync.Domain;
using Type = System.Type;

namespace CleanSync.ArchitectureTests;

/// <summary>What the rules look at: the compiled types of the product with what each one uses, and the files of the repository.</summary>
internal sealed record House(IReadOnlyList<HouseType> Types, IReadOnlyList<HouseFile> Files)
{
    private static readonly Assembly[] Product =
    [
        typeof(Error).Assembly, typeof(ApplicationRegistration).Assembly, Assembly.Load("CleanSync.Infrastructure"), Assembly
            .Load("CleanSync.Api"),
    ];

    private static readonly Lazy<Dictionary<string, HouseType>> ProductTypes = new(() => Read(Product));
    private static readonly Lazy<Dictionary<string, HouseType>> TestTypes = new(() => Read([typeof(House).Assembly]));
    private static readonly Lazy<House> TheRealOne = new(() => new House([.. ProductTypes.Value.Values], HouseFile.OfRepository()));

    /// <summary>The product as it stands.</summary>
    public static House Real => TheRealOne.Value;

    /// <summary>The product's C# files.</summary>
    public IEnumerable<HouseFile> Sources =>
        Files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && f.Path.EndsWith(".cs", StringComparison.Ordinal));

    public IEnumerable<HouseType> In(string area) => Types.Where(t => t.IsIn(area));

    /// <summary>A house of crafted files.</summary>
    public static House Of(params HouseFile[] files) => new([], files);

    /// <summary>A house of fixture types, from this test project.</summary>
    public static House Of(params Type[] fixtures) => new([.. fixtures.Select(f => TestTypes.Value[f.FullName!])], []);

    private static Dictionary<string, HouseType> Read(Assembly[] assemblies)
    {
        var own = assemblies.SelectMany(a => a.GetTypes())
            .Where(t => t.Namespace?.StartsWith("CleanSync", StringComparison.Ordinal) == true || t.FullName == "Program")
            .ToDictionary(t => t.FullName!);
        var uses = new ArchLoader().LoadAssemblies(assemblies).Build().Types
            .GroupBy(t => Owner(t.FullName))
            .ToDictionary(
                g => g.Key,
                g => g.SelectMany(t => t.Dependencies).Select(d => d.Target.FullName).Where(u => !IsPlaceholder(u)).ToHashSet());
        return own.Values
            .Where(t => !Generated(t))
            .ToDictionary(
                t => t.FullName!,
                t => new HouseType(
                    t, [.. uses.GetValueOrDefault(t.FullName!, []).Where(u => u != t.FullName).Order(StringComparer.Ordinal)]));
    }

    /// <summary>What the compiler makes of lambdas and async methods counts for the type that they were written in.</summary>
    private static string Owner(string fullName) => fullName.Split("+<")[0];

    /// <summary>
    /// A generic parameter, which the loader names after any type that has one of the same name; or something that the compiler made.
    /// </summary>
    private static bool IsPlaceholder(string fullName) => fullName.Contains("+<", StringComparison.Ordinal);

    private static bool Generated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.IsDefined(typeof(CompilerGeneratedAttribute))
        || (type.DeclaringType is { } outer && Generated(outer));
}
