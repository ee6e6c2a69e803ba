namespace CleanSync.ArchitectureTests;

/// <summary>One rule of the house: it lists what breaks it.</summary>
/// <param name="Name">The rule as a sentence.</param>
/// <param name="Violations">Each violation in words that tell where it is; none in a house that keeps the rule.</param>
/// <param name="Broken">A small house with exactly one violation, beside something that is allowed.</param>
/// <param name="Culprit">What the one violation in <paramref name="Broken"/> must name.</param>
internal sealed record Rule(string Name, Func<House, IEnumerable<string>> Violations, Func<House> Broken, string Culprit);
