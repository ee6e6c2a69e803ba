using System.Reflection;
using CleanSync.Application.Violations;
using CleanSync.Domain.Violations;
using CleanSync.Infrastructure.Violations;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>Who may see a type, who may inherit from it, and what it may be called.</summary>
internal static class ShapeRules
{
    /// <summary>Endings that say how a thing is built instead of what it is.</summary>
    private static readonly string[] Endings = ["Command", "Query", "Dto", "Async", "Manager", "Helper", "Service", "Processor"];

    public static IEnumerable<Rule> All =>
    [
        new("Infrastructure is internal, but for InfrastructureRegistration",
            house =>
                house.In("CleanSync.Infrastructure")
                    .Where(t => t.Type.IsVisible && t.Type.Name != "InfrastructureRegistration")
                    .Select(t => $"{t.Name} is public"),
            () => House.Of(typeof(PublicAdapter), typeof(SomeAdapter)), nameof(PublicAdapter)),
        new("Api is internal, but for Program and its contracts: records and enums",
            house =>
                house.In("CleanSync.Api")
                    .Where(t => t.Type.IsVisible && !IsRecord(t.Type) && !t.Type.IsEnum)
                    .Select(t => $"{t.Name} is public"),
            () => House.Of(typeof(Api.Violations.PublicEndpoints), typeof(Api.Violations.PublicRequest)),
            nameof(Api.Violations.PublicEndpoints)),
        new("Every class is sealed, static or abstract",
            house =>
                house.Types.Where(t => t.Type is { IsClass: true, IsSealed: false, IsAbstract: false, FullName: not "Program" }
                    && !IsBaseOfItsOwn(t, house)).Select(t => $"{t.Name} is open"),
            () => House.Of(typeof(OpenClass), typeof(DomainThatIsFine)), nameof(OpenClass)),
        new($"No type is called {string.Join(", ", Endings)}",
            house => house.Types.Where(t => Endings.Any(e => BareName(t.Type).EndsWith(e, StringComparison.Ordinal))).Select(t => t.Name),
            () => House.Of(typeof(AppointmentManager), typeof(ApplicationThatIsFine)), nameof(AppointmentManager)),
    ];

    internal static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers",
            System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance) is not null);

    /// <summary>
    /// A generic form of the same name may derive, such as Result and Result&lt;T&gt;, when nobody else can: its constructors are closed.
    /// </summary>
    private static bool IsBaseOfItsOwn(HouseType type, House house) =>
        type.Type
            .GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .All(c => c.IsPrivate || c.IsFamilyAndAssembly)
        && house.Types.Where(t => t.Type.BaseType == type.Type).All(t => BareName(t.Type) == BareName(type.Type));

    private static string BareName(Type type) => type.Name.Split('`')[0];
}
