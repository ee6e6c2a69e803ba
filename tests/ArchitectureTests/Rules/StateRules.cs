using CleanSync.Application.Violations;
using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.Domain.StaffCalendarLinks;
using CleanSync.Infrastructure.Violations;

namespace CleanSync.ArchitectureTests.Rules;

/// <summary>Where the state of an aggregate may change.</summary>
internal static class StateRules
{
    private static readonly string[] Aggregates = [typeof(StaffCalendarLink).FullName!, typeof(ExchangeIntegration).FullName!];

    public static IEnumerable<Rule> All =>
    [
        new("A link and an integration change by methods of their own: outside Domain only a row of the database makes one",
            house => house.Types.Where(t => !t.IsIn("CleanSync.Domain") && !IsRow(t))
                .SelectMany(t => t.Makes.Where(Aggregates.Contains).Select(made => $"{t.Name} makes or copies {made}")),
            () => House.Of(typeof(UseCaseThatPausesByHand), typeof(UseCaseThatSwitchesOff), typeof(LinkViolationRow)),
            nameof(UseCaseThatPausesByHand)),
    ];

    private static bool IsRow(HouseType type) =>
        type.IsIn("CleanSync.Infrastructure") && type.Type.Name.EndsWith("Row", StringComparison.Ordinal);
}
