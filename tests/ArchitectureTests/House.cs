using System.Reflection;
using System.Runtime.CompilerServices;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using CleanSync.Application;
using CleanSync.Domain;
using Assembly = System.Reflection.Assembly;
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
        var dependencies = new ArchLoader().LoadAssemblies(assemblies).Build().Types.GroupBy(t => Owner(t.FullName))
            .ToDictionary(g => g.Key, g => g.SelectMany(t => t.Dependencies).ToList());
        var uses = Targets(dependencies, _ => true);
        var makes = Targets(dependencies, d => d is MethodCallDependency { TargetMember.Name: var called } && IsMaking(called));
        return own.Values
            .Where(t => !Generated(t))
            .ToDictionary(
                t => t.FullName!,
                t => new HouseType(t, Others(uses, t), Others(makes, t)));
    }

    private static Dictionary<string, HashSet<string>> Targets(
        Dictionary<string, List<ITypeDependency>> dependencies, Func<ITypeDependency, bool> which) =>
        dependencies.ToDictionary(
            d => d.Key, d => d.Value.Where(which).Select(u => u.Target.FullName).Where(u => !IsPlaceholder(u)).ToHashSet());

    private static IReadOnlyList<string> Others(Dictionary<string, HashSet<string>> all, Type of) =>
        [.. all.GetValueOrDefault(of.FullName!, []).Where(u => u != of.FullName).Order(StringComparer.Ordinal)];

    /// <summary>A constructor, or what "with" copies by.</summary>
    private static bool IsMaking(string called) =>
        called.StartsWith(".ctor(", StringComparison.Ordinal) || called.StartsWith("<Clone>$(", StringComparison.Ordinal);

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
