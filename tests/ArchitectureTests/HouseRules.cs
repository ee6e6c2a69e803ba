using CleanSync.ArchitectureTests.Rules;
using Xunit;

namespace CleanSync.ArchitectureTests;

/// <summary>
/// The rules of the house, each held against the product and against one deliberate violation: a rule that cannot fail is no rule.
/// </summary>
public class HouseRules
{
    private static readonly Rule[] Table =
    [
        .. LayerRules.All,
        .. ModuleRules.All,
        .. TechnologyRules.All,
        .. ShapeRules.All,
        .. StateRules.All,
        .. RequestRules.All,
        .. TextRules.All,
        .. SignatureRules.All,
        .. BuildRules.All,
        .. DocumentRules.All,
        .. ReferenceRules.All,
    ];

    public static TheoryData<string> Names => [.. Table.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_product_keeps_the_rule(string name)
    {
        var violations = Find(name).Violations(House.Real).Order(StringComparer.Ordinal).ToList();
        Assert.True(violations.Count == 0, $"{name}. It is broken by:\n{string.Join('\n', violations)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rule_catches_one_deliberate_violation(string name)
    {
        var rule = Find(name);
        Assert.Contains(rule.Culprit, Assert.Single(rule.Violations(rule.Broken())), StringComparison.Ordinal);
    }

    private static Rule Find(string name) => Table.Single(r => r.Name == name);
}
