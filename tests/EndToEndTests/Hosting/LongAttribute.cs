using Xunit.v3;

namespace CleanSync.EndToEndTests.Hosting;

/// <summary>
/// Only <c>./test.sh --long</c> runs it, as continuous integration does: it needs too much of the ten minutes of the others.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class LongAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Length", "long")];
}
